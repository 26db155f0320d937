"""What happens in talk rooms by itself: a message that waited goes out when it is due, and what has been kept for its time
is let go by night."""

from uuid import UUID

from django_scopes import scope
from procrastinate.contrib.django import app

from apps.environments.models import Environment
from apps.rooms import actions


@app.task(name=actions.SEND_WAITING, pass_context=False)
def send_waiting(environment_id: str, author_id: str) -> None:
    """Send what of this person is due; another process may have done it."""
    actions.send_due(author_id=UUID(author_id), environment_id=UUID(environment_id))


# At 17:37 of UTC, which is 2:37 in the morning: a day that has ended in Japan.
@app.periodic(cron="37 17 * * *")
@app.task(queueing_lock="rooms.purge_ended", pass_context=False)
def purge_ended(timestamp: int) -> None:
    """In every environment, let go deleted and earlier texts whose retention time has ended."""
    for environment in Environment.objects.order_by("pk"):
        with scope(environment=environment):
            actions.purge_ended()
