"""The hub's reads of the database, each in the environment it belongs to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from channels.db import database_sync_to_async
from django.utils import timezone
from django_scopes import scope

from apps.accounts import access
from apps.clients.access import names_beside_each, people_ever_near, people_who_can_see, why_closed
from apps.clients.models import Client
from apps.environments.access import member_still_here
from apps.environments.models import Environment, Member
from apps.environments.names import Names, names_shown_to
from apps.rooms import actions, queries
from apps.rooms.access import (
    Changed,
    Heard,
    changed_between,
    next_change_about,
    next_change_for,
    next_change_for_anybody,
    rooms_heard_by,
)
from apps.rooms.frames import Frame
from apps.rooms.listener import Listener
from apps.rooms.models import Message, RoomMembership, SeenShown, TalkRoom
from apps.rooms.queries import PAGE, beside_messages, seen_lately, whole, with_authors

# Each room has its own number to go on from. Asked room by room (OFFSET 0 keeps it so), whatever the planner knows.
NEW_MESSAGES = """
SELECT message.* FROM unnest(%s::uuid[], %s::bigint[]) AS wanted (room_id, after)
CROSS JOIN LATERAL (
    SELECT * FROM rooms_message
    WHERE rooms_message.room_id = wanted.room_id AND rooms_message.number > wanted.after
    ORDER BY rooms_message.number OFFSET 0
) AS message
ORDER BY message.room_id, message.number
"""


@dataclass(frozen=True)
class Standing:
    """What a member may read now, room by room, and whose names they are shown."""

    rooms: dict[UUID, Heard]
    names: Names
    organization_id: UUID
    # Room → fewer names, where the client is protected and this member has not been let in to the places.
    names_in: dict[UUID, Names]


@database_sync_to_async
def standing_of(listener: Listener) -> Standing | None:
    """Through the same doors as a page; None when the person has no place here any more."""
    member = member_still_here(listener.environment_id, listener.member_id)
    if member is None:
        return None
    with scope(environment=member.environment):
        rooms = {room.room_id: room for room in rooms_heard_by(member)}
        return Standing(
            rooms=rooms,
            names=names_shown_to(member),
            organization_id=member.organization_id,
            names_in=names_in(member, rooms.values()),
        )


def names_in(member: Member, rooms: Iterable[Heard]) -> dict[UUID, Names]:
    """Asks nothing where none of the rooms is of a protected client."""
    of = {room.room_id: room.protected for room in rooms if room.protected is not None}
    beside = names_beside_each(member, of.values()) if of else {}
    return {room_id: beside[client_id] for room_id, client_id in of.items() if client_id in beside}


@database_sync_to_async
def next_change_in(environment_id: UUID) -> datetime | None:
    """When something next changes by itself in the environment."""
    with scope(environment=Environment(pk=environment_id)):
        return next_change_for_anybody(timezone.now())


@database_sync_to_async
def next_change_of(environment_id: UUID, member_id: UUID) -> datetime | None:
    with scope(environment=Environment(pk=environment_id)):
        return next_change_for(member_id, timezone.now())


@database_sync_to_async
def changed_in(environment_id: UUID, after: datetime, until: datetime) -> tuple[Changed, datetime | None]:
    """What has changed by itself in the span, and when something next does."""
    with scope(environment=Environment(pk=environment_id)):
        return changed_between(after, until), next_change_for_anybody(until)


@database_sync_to_async
def frames_after(wanted: dict[UUID, int], environments: dict[UUID, UUID]) -> list[Frame]:
    """The messages after the given numbers, room by room in their order: one query for each environment."""
    rooms_of: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for room_id in wanted:
        rooms_of[environments[room_id]].append(room_id)
    frames: list[Frame] = []
    for environment_id, room_ids in rooms_of.items():
        with scope(environment=Environment(pk=environment_id)):
            new = Message.objects.raw(NEW_MESSAGES, [room_ids, [wanted[room_id] for room_id in room_ids]])
            frames += [Frame(message) for message in whole(new.prefetch_related(*beside_messages()))]
    return frames


@database_sync_to_async
def changes_after(room_id: UUID, environment_id: UUID, change: int) -> list[Frame]:
    """The messages of a room that were changed after the given change, in the order of their changes."""
    with scope(environment=Environment(pk=environment_id)):
        changed = with_authors(Message.objects.filter(room=room_id, change__gt=change)).order_by("change")
        return [Frame(message, is_change=True) for message in whole(changed)]


@dataclass(frozen=True)
class Tally:
    """By how many the newest messages of a room have been seen, and who is told."""

    shown: SeenShown
    messages: list[Message]
    counts: dict[int, int]
    # Of those that ask for a confirmation, how they stand.
    asks: dict[int, queries.Standing]


@database_sync_to_async
def seen_in(room_id: UUID, environment_id: UUID) -> Tally:
    with scope(environment=Environment(pk=environment_id)):
        room = TalkRoom.objects.select_related("client").get(pk=room_id)
        shown, newest, counts = seen_lately(room, PAGE)
        return Tally(shown, newest, counts, queries.standings(room, newest))


@database_sync_to_async
def send_due(author_id: UUID, environment_id: UUID) -> None:
    """What of this person waited and is due goes out."""
    actions.send_due(author_id=author_id, environment_id=environment_id)


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
    # When something about the client next changes by itself.
    changes_at: datetime | None = None


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
        moment = next_change_about(client.pk, timezone.now())
        return Concerned(members=near, seeing=seeing, why=closings(near - seeing, client), changes_at=moment)


def closings(members: frozenset[UUID], client: Client) -> dict[UUID, str]:
    """Why each of the members does not see the client: asked once for each organization."""
    of = dict(Member.objects.filter(pk__in=members).values_list("pk", "organization_id"))
    why = {organization_id: why_closed(organization_id, client) for organization_id in set(of.values())}
    return {member_id: why[organization_id] for member_id, organization_id in of.items()}
