"""The hub's reads of the database, each in the environment it belongs to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from channels.db import database_sync_to_async
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django_scopes import scope

from apps.accounts import access
from apps.accounts.models import User
from apps.clients.access import (
    Closing,
    changing,
    clients_visible_to,
    exceptions_open_to,
    names_beside_each,
    people_ever_near,
    people_who_can_see,
    why_closed,
)
from apps.clients.models import Client
from apps.environments.access import environment_for
from apps.environments.models import Environment, Member
from apps.environments.names import Names, names_shown_to
from apps.kernel.refusals import Refusal
from apps.rooms.access import changes_by_itself_at, rooms_heard_by, rooms_plainly_writable_by, shown_from_when
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
    # Of these, the rooms to write in without a second look.
    writable: frozenset[UUID]
    names: Names
    # Room → fewer names, where the client is protected and this member has not been let in to the places.
    names_in: dict[UUID, Names]
    changes_at: datetime | None
    # The clients on whom that change may close, and those on whom the last one has.
    at_stake: frozenset[UUID]
    excepted: frozenset[UUID]
    lost: dict[UUID, str]

    @property
    def changes_in(self) -> float | None:
        """Seconds from now."""
        return None if self.changes_at is None else max(0.0, (self.changes_at - timezone.now()).total_seconds())


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
        moment = changes_by_itself_at(member)
        excepted = frozenset(exceptions_open_to(member).values_list("client", flat=True))
        seen = clients_visible_to(member).filter(pk__in=listener.excepted - excepted).values_list("pk", flat=True)
        closed = listener.excepted - excepted - frozenset(seen)
        return Standing(
            rooms=rooms,
            shown_from=shown_from,
            writable=frozenset(rooms_plainly_writable_by(member).values_list("pk", flat=True)) & rooms.keys(),
            names=names_shown_to(member),
            names_in=names_in(member, rooms),
            changes_at=moment,
            at_stake=at_stake(member, moment),
            excepted=excepted,
            lost=dict.fromkeys(closed, Closing.OTHER) | lost_by_itself(member, listener),
        )


def names_in(member: Member, rooms: Iterable[UUID]) -> dict[UUID, Names]:
    """Asked with one statement, where none of the rooms is of a protected client."""
    of = dict(TalkRoom.objects.filter(pk__in=list(rooms), client__is_protected=True).values_list("pk", "client_id"))
    beside = names_beside_each(member, of.values()) if of else {}
    return {room_id: beside[client_id] for room_id, client_id in of.items() if client_id in beside}


def at_stake(member: Member, moment: datetime | None) -> frozenset[UUID]:
    """The clients this member sees now and may see no longer from a moment on."""
    if moment is None:
        return frozenset()
    return frozenset(changing(clients_visible_to(member), after=timezone.now(), until=moment))


def lost_by_itself(member: Member, listener: Listener) -> dict[UUID, str]:
    """The clients that were at stake, whose moment has come, and who are not open any more: with the reason."""
    if listener.changes_at is None or listener.changes_at > timezone.now():
        return {}
    seen = clients_visible_to(member).values_list("pk", flat=True)
    lost = Client.objects.filter(pk__in=listener.at_stake).exclude(pk__in=seen)
    return {client.pk: why_closed(member.organization_id, client) for client in lost}


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
    # Why each of the others does not see them any more.
    why: dict[UUID, str]


@database_sync_to_async
def concerned_by(client_id: UUID, environment_id: UUID) -> Concerned:
    """Everybody who may ever have seen the client by a seat, a grant or a room: no others hear that anything happened."""
    with scope(environment=Environment(pk=environment_id)):
        client = Client.objects.filter(pk=client_id).first()
        if client is None:
            return Concerned(members=frozenset(), seeing=frozenset(), why={})
        members = people_ever_near(client).values_list("pk", flat=True)
        rooms = TalkRoom.objects.filter(client=client)
        in_rooms = RoomMembership.objects.filter(room__in=rooms).values_list("member_id", flat=True)
        near = frozenset(members) | frozenset(in_rooms)
        seeing = frozenset(people_who_can_see(client).values_list("pk", flat=True))
        return Concerned(members=near, seeing=seeing, why=closings(near - seeing, client))


def closings(members: frozenset[UUID], client: Client) -> dict[UUID, str]:
    """Why each of the members does not see the client: asked once for each organization."""
    of = dict(Member.objects.filter(pk__in=members).values_list("pk", "organization_id"))
    why = {organization_id: why_closed(organization_id, client) for organization_id in set(of.values())}
    return {member_id: why[organization_id] for member_id, organization_id in of.items()}
