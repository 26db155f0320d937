"""What happens to surveys by itself: those who have not answered are reminded, and what is due is closed."""

from django.utils import timezone
from django_scopes import scope
from procrastinate.contrib.django import app

from apps.environments.models import Environment
from apps.surveys import actions
from apps.surveys.models import Survey


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="surveys.chasing", pass_context=False)
def look_after_surveys(timestamp: int) -> None:
    """Remind on the days that the sender has set, and close what is due."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            for survey in Survey.objects.sent().filter(closed_at=None):
                if survey.due_at is not None and survey.due_at <= timezone.now():
                    actions.close_when_due(survey=survey)
                else:
                    actions.remind_when_due(survey=survey)
