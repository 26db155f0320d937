"""What happens to visits by itself: holds that ran out give their numbers back."""

from django_scopes import scope
from procrastinate.contrib.django import app

from apps.environments.models import Environment
from apps.visits import actions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="visits.sweep", pass_context=False)
def sweep_holds(timestamp: int) -> None:
    """A place is free the moment its hold is over; this only writes down that it is."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.sweep()
