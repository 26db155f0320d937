"""What happens to visits by itself: holds that ran out give their numbers back, both sides are reminded in time."""

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
            actions.end_requests()
            actions.sweep()


# At 22:11 of UTC, which is 7:11 in the morning: before the desks open.
@app.periodic(cron="11 22 * * *")
@app.task(queueing_lock="visits.remind", pass_context=False)
def remind_of_visits(timestamp: int) -> None:
    """Of the visits up to the next working day, each once."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.remind()
