"""What happens to the waiting list by itself."""

from django_scopes import scope
from procrastinate.contrib.django import app

from apps.environments.models import Environment
from apps.visits import actions as visits
from apps.waiting import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="waiting.offer", pass_context=False)
def offer_places(timestamp: int) -> None:
    """What became free, offers that were not answered in time among it, goes to whoever waits longest and fits."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            visits.sweep()
            actions.offer_freed()
