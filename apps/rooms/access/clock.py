"""What somebody may read changes with the time alone: when it next does so in this environment, and for whom."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from apps.clients.access import changing, next_change, places_closing
from apps.clients.models import Client
from apps.environments.models import Member
from apps.rooms.models import RoomMembership


class Changed(NamedTuple):
    """Whom the passing of a span has changed something for: everybody near these clients, and these people.

    Of the clients in `shown_anew` somebody who goes on seeing them is told less from now on.
    """

    clients: frozenset[UUID]
    shown_anew: frozenset[UUID]
    members: frozenset[UUID]


def changed_between(after: datetime, until: datetime) -> Changed:
    """What began or ended by itself in the span, its end included."""
    members: set[UUID] = set()
    for rows, member, edges in periods_of_people():
        for edge in edges:
            span = {f"{edge}__gt": after, f"{edge}__lte": until}
            members.update(rows.filter(**span).values_list(member, flat=True))
    hidden = frozenset(places_closing(after, until))
    return Changed(clients=frozenset(changing(after, until)), shown_anew=hidden, members=frozenset(members))


def next_change_for_anybody(after: datetime) -> datetime | None:
    """The first moment after this one at which anything begins or ends by itself."""
    return earliest(next_change(after), next_of_people(after))


def next_change_about(client_id: UUID, after: datetime) -> datetime | None:
    return next_change(after, Client.objects.filter(pk=client_id))


def next_change_for(member_id: UUID, after: datetime) -> datetime | None:
    """The same for one person's places and memberships."""
    return next_of_people(after, member_id)


def next_of_people(after: datetime, member_id: UUID | None = None) -> datetime | None:
    moments: list[datetime] = []
    for rows, member, edges in periods_of_people():
        concerned = rows if member_id is None else rows.filter(**{member: member_id})
        for edge in edges:
            moments += concerned.filter(**{f"{edge}__gt": after}).order_by(edge).values_list(edge, flat=True)[:1]
    return min(moments, default=None)


def periods_of_people() -> list[tuple[QuerySet[Any], str, list[str]]]:
    """Rows, how they name their member, and when they begin and end."""
    return [
        (RoomMembership.objects.all(), "member", ["valid_from", "valid_to", "history_from"]),
        (Member.objects.all(), "pk", ["valid_from", "valid_to"]),
    ]


def earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
