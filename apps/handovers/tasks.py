"""What happens to reviews by itself: those who have not answered are told, and what nobody answered for is suspended."""

from django.utils import timezone
from django_scopes import scope
from procrastinate.contrib.django import app

from apps.environments.models import Environment
from apps.handovers import actions
from apps.handovers.models import Review


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="handovers.reviews", pass_context=False)
def look_after_reviews(timestamp: int) -> None:
    """Warn three days before a review is due, and close it when it is."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            for review in Review.objects.filter(closed_at=None, due_at__lte=timezone.now() + Review.WARNS):
                actions.warn(review=review)
                actions.close_when_due(review=review)
