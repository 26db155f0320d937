"""Show a client anew, and hide what was told of them from those who do not see them any more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from apps.clients.access import changing, people_who_can_see
from apps.clients.happenings import access_changed
from apps.clients.models import Client
from apps.environments.models import Environment
from apps.notices.actions import close
from apps.notices.models import Notification, NotificationQuerySet


def show_anew(client: Client) -> None:
    """What may be told of them has changed for those who still see them: open sockets ask again whose names they may tell
    beside the client, and open pages are shown anew."""
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk, shown_anew=True)


def told_of_clients() -> NotificationQuerySet:
    found: NotificationQuerySet = Notification.objects.unsettled()
    return found.filter(closed_at=None)


def close_to_who_lost(client: Client) -> int:
    """Hide it now; called by every verb that takes a client from somebody, in its transaction. Returns how many
    notifications that were."""
    told = set(told_of_clients().filter(about=client.pk).values_list("receiver", flat=True))
    if not told:
        return 0
    still = people_who_can_see(client).filter(pk__in=told).values_list("pk", flat=True)
    return close(about=client.pk, receivers=told - set(still))


def close_by_date(*, since: datetime | None = None) -> int:
    """The same where nobody did anything: a consent or a seat has come to its last day, an opening to its hour.

    In every environment, of the clients to whom somebody's access has ended since a moment; without one, of all who were
    told of. Returns how many notifications that were; a second time none.
    """
    closed = 0
    for environment in Environment.objects.order_by("pk"):
        with scope(environment=environment):
            concerned = set(
                Client.objects.filter(pk__in=told_of_clients().values("about")).values_list("pk", flat=True)
            )
            if since is not None:
                concerned &= changing(after=since, until=timezone.now())
            closed += sum(close_of(client_id) for client_id in sorted(concerned))
    return closed


@transaction.atomic
def close_of(client_id: UUID) -> int:
    return close_to_who_lost(Client.objects.get(pk=client_id))
