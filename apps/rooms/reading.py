"""The hub's reads of the database, each in the environment it belongs to."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from channels.db import database_sync_to_async
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django_scopes import scope

from apps.accounts import access
from apps.accounts.models import User
from apps.clients.access import clients_visible_to, exceptions_open_to, people_ever_near, people_who_can_see
from apps.clients.models import Client
from apps.environments.access import environment_for
from apps.environments.models import Environment
from apps.environments.names import Names, names_shown_to
from apps.kernel.refusals import Refusal
from apps.rooms.access import changes_by_itself_at, rooms_heard_by, shown_from_when
from apps.rooms.frames import Frame
from apps.rooms.listener import Listener
from apps.rooms.models import Message, RoomMembership, TalkRoom
from apps.rooms.queries import with_authors

# Each room has its own number to go on from.
NEW_MESSAGES = """
SELECT message.id FROM rooms_message message
JOIN unnest(%s::uuid[], %s::bigint[]) AS wanted (room_id, after)
ON message.room_id = wanted.room_id AND message.number > wanted.after
"""


@dataclass(frozen=True)
class Standing:
    """What a member may read now: room → its last number, and from when on; whose names they are shown; and in how many
    seconds that changes by itself.

    `excepted` are the clients open by a legal exception, `closed` those that were so before and are seen no more.
    """

    rooms: dict[UUID, int]
    shown_from: dict[UUID, datetime | None]
    names: Names
    changes_in: float | None
    excepted: frozenset[UUID] = frozenset()
    closed: frozenset[UUID] = frozenset()


@database_sync_to_async
def standing_of(listener: Listener) -> Standing | None:
    """Through the same doors as a page; None when the person has no place here any more."""
    user = User.objects.filter(pk=listener.user_id, is_active=True).first()
    if user is None:
        return None
    try:
        environment, member = environment_for(user, listener.slug)
    except Refusal:
        return None
    if member.pk != listener.member_id:
        return None
    with scope(environment=environment):
        rooms = dict(rooms_heard_by(member).values_list("pk", "last_number"))
        # Asked after the rooms: one whose membership ended in between is no longer among them.
        shown_from = shown_from_when(member, rooms)
        rooms = {room_id: number for room_id, number in rooms.items() if room_id in shown_from}
        names = names_shown_to(member)
        moment = changes_by_itself_at(member)
        excepted = frozenset(exceptions_open_to(member).values_list("client", flat=True))
        seen = clients_visible_to(member).filter(pk__in=listener.excepted - excepted).values_list("pk", flat=True)
        closed = listener.excepted - excepted - frozenset(seen)
    changes_in = None if moment is None else max(0.0, (moment - timezone.now()).total_seconds())
    return Standing(
        rooms=rooms, shown_from=shown_from, names=names, changes_in=changes_in, excepted=excepted, closed=closed
    )


@database_sync_to_async
def frames_after(wanted: dict[UUID, int], environments: dict[UUID, UUID]) -> list[Frame]:
    """The messages after the given numbers, room by room in their order: one query for each environment."""
    rooms_of: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for room_id in wanted:
        rooms_of[environments[room_id]].append(room_id)
    frames: list[Frame] = []
    for environment_id, room_ids in rooms_of.items():
        with scope(environment=Environment(pk=environment_id)):
            new = RawSQL(NEW_MESSAGES, [room_ids, [wanted[room_id] for room_id in room_ids]])  # noqa: S611
            messages = with_authors(Message.objects.filter(pk__in=new)).order_by("room_id", "number")
            frames += [Frame(message) for message in messages]
    return frames


@database_sync_to_async
def locked_among(session_keys: set[str]) -> set[str]:
    return access.locked_among(session_keys)


@dataclass(frozen=True)
class Concerned:
    """Whose access to a client may have changed, and which of them see the client now."""

    members: frozenset[UUID]
    seeing: frozenset[UUID]


@database_sync_to_async
def concerned_by(client_id: UUID, environment_id: UUID) -> Concerned:
    """Everybody who may ever have seen the client by a seat, a grant or a room: no others hear that anything happened."""
    with scope(environment=Environment(pk=environment_id)):
        client = Client.objects.filter(pk=client_id).first()
        if client is None:
            return Concerned(members=frozenset(), seeing=frozenset())
        members = people_ever_near(client).values_list("pk", flat=True)
        rooms = TalkRoom.objects.filter(client=client)
        in_rooms = RoomMembership.objects.filter(room__in=rooms).values_list("member_id", flat=True)
        return Concerned(
            members=frozenset(members) | frozenset(in_rooms),
            seeing=frozenset(people_who_can_see(client).values_list("pk", flat=True)),
        )
