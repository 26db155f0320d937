"""What of a room a member may read, and who may write in it."""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from apps.clients.access import exceptions_open_to
from apps.environments.models import Member
from apps.environments.remembered import Remembered
from apps.kernel.refusals import NotAllowed
from apps.rooms.access.memberships import membership_of
from apps.rooms.access.rooms import readable, reads_by_exception, room_for, rooms_readable_by
from apps.rooms.models import Message, RoomKind, RoomMembership, RoomRole, TalkRoom
from apps.rooms.refusals import AnsweredMissing, ReadersOnly, RoomArchived


def messages_readable_by(member: Member, room: TalkRoom) -> QuerySet[Message]:
    """The messages of a room this member may read: nothing from before the time their membership shows."""
    return messages_heard(heard_in(member, room), room)


def messages_heard(heard: "Heard | None", room: TalkRoom) -> QuerySet[Message]:
    """The same of a room of which it is known already what one hears there."""
    if heard is None:
        return Message.objects.none()
    messages = room.messages.all()
    return messages if heard.shown_from is None else messages.filter(posted_at__gte=heard.shown_from)


# Before this moment is everything that was ever written.
NOTHING = datetime.max.replace(tzinfo=UTC)


def shown_from(member: Member, room: TalkRoom) -> datetime | None:
    """The moment before which nothing of the room is shown to this member; None where everything is."""
    heard = heard_in(member, room)
    return NOTHING if heard is None else heard.shown_from


def heard_in(member: Member, room: TalkRoom) -> "Heard | None":
    """As it stands now, whatever `room` was read before; None where nothing of the room is shown to this member."""
    rows = HEARD.among(member, [room.pk])
    return Heard(*rows[0]) if rows else None


class Heard(NamedTuple):
    """A room whose new messages a member may read now, as the hub knows it."""

    room_id: UUID
    last_number: int
    # The moment before which nothing is shown to them; None where everything is.
    shown_from: datetime | None
    # Whether `can_post` is true without a second look. Where it is not, `check_can_post` has the answer.
    is_plainly_writable: bool
    # The client, where they are protected.
    protected: UUID | None


def rooms_heard_by(member: Member) -> list[Heard]:
    """The rooms whose new messages this member may read: not those that show nothing before a day to come.

    A legal exception shows the rooms of its client from their beginning, whether one is in them or not, and opens none of
    them for writing. One question, remembered: every screen that opens asks it.
    """
    now = timezone.now()
    rows = (Heard(*row) for row in HEARD.rows(member))
    return [room for room in rows if room.shown_from is None or room.shown_from <= now]


def heard(member: Member) -> QuerySet[TalkRoom]:
    mine = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member)
    excepted = Exists(exceptions_open_to(member).filter(client=OuterRef("client_id")))
    read_only = Q(archived_at__isnull=False) | Q(Exists(mine.filter(role=RoomRole.READER))) | Q(excepted)
    return readable(member).annotate(
        shown_from=Case(When(excepted, then=None), default=Subquery(mine.values("history_from")[:1])),
        is_plainly_writable=Case(When(read_only, then=False), default=True),
        protected=Case(When(client__is_protected=True, then=F("client_id"))),
    )


HEARD = Remembered(heard, "last_number", "shown_from", "is_plainly_writable", "protected")


def can_post(member: Member, room: TalkRoom) -> bool:
    """Everybody who reads a room writes in it, except where few write and all read, and by a legal exception."""
    if room.is_archived or not rooms_readable_by(member).filter(pk=room.pk).exists():
        return False
    if reads_by_exception(member, room):
        return False
    return room.kind != RoomKind.ANNOUNCEMENT or writes_announcements(member, room)


def check_can_post(member: Member, room: TalkRoom) -> None:
    # The door is asked again: between reading the room and writing into it, access may have ended.
    room = room_for(member, room.pk)
    if reads_by_exception(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)
    if room.kind == RoomKind.ANNOUNCEMENT and not writes_announcements(member, room):
        raise ReadersOnly(subject=room, client_id=room.client_id)
    if room.is_archived:
        raise RoomArchived(subject=room, client_id=room.client_id)


def check_can_answer(member: Member, room: TalkRoom, number: int | None) -> None:
    """A message of the room that this member may read. One that is hidden answers like one that is missing."""
    if number is not None and not messages_readable_by(member, room).filter(number=number).exists():
        raise AnsweredMissing(subject=room, client_id=room.client_id)


def writes_announcements(member: Member, room: TalkRoom) -> bool:
    own = membership_of(member, room)
    return own is not None and own.role != RoomRole.READER
