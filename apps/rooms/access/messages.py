"""What of a room a member may read, who may write in it, and when that changes by itself."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.clients.access import (
    clients_visible_to,
    exceptions_open_to,
    next_change,
    places_close_at,
)
from apps.clients.models import Client
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed
from apps.rooms.access.memberships import membership_of
from apps.rooms.access.rooms import reads_by_exception, room_for, rooms_readable_by
from apps.rooms.models import Message, RoomKind, RoomMembership, RoomRole, TalkRoom
from apps.rooms.refusals import ReadersOnly, RoomArchived


def messages_readable_by(member: Member, room: TalkRoom) -> QuerySet[Message]:
    """The messages of a room this member may read: nothing from before the time their membership shows."""
    messages = room.messages.all()
    if exceptions_open_to(member).filter(client=room.client_id).exists():
        return messages
    membership = RoomMembership.objects.open().filter(room=room, member=member).first()
    if membership is None:
        return Message.objects.none()
    if membership.history_from is not None:
        messages = messages.filter(posted_at__gte=membership.history_from)
    return messages


def rooms_heard_by(member: Member) -> QuerySet[TalkRoom]:
    """The rooms whose new messages this member may read: not those that show nothing before a day to come."""
    not_yet = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member, history_from__gt=timezone.now())
    return rooms_readable_by(member).exclude(Exists(not_yet))


def shown_from_when(member: Member, rooms: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """For each of the rooms this member is in, the moment before which nothing is shown to them.

    A legal exception shows the rooms of its client from their beginning, whether one is in them or not.
    """
    mine = RoomMembership.objects.open().filter(member=member, room__in=list(rooms))
    excepted = TalkRoom.objects.filter(pk__in=list(rooms), client__in=exceptions_open_to(member).values("client"))
    return dict(mine.values_list("room", "history_from")) | dict.fromkeys(excepted.values_list("pk", flat=True))


def can_post(member: Member, room: TalkRoom) -> bool:
    """Everybody who reads a room writes in it, except where few write and all read, and by a legal exception."""
    if room.is_archived or not rooms_readable_by(member).filter(pk=room.pk).exists():
        return False
    if reads_by_exception(member, room):
        return False
    return room.kind != RoomKind.ANNOUNCEMENT or writes_announcements(member, room)


def rooms_plainly_writable_by(member: Member) -> QuerySet[TalkRoom]:
    """Rooms of which `can_post` is true without a second look: no legal exception of this member's is in the way.

    Never a room in which they may not write; for any other, `check_can_post` has the answer.
    """
    excepted = exceptions_open_to(member).filter(client=OuterRef("client_id"))
    reading = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member, role=RoomRole.READER)
    return rooms_readable_by(member).exclude(Q(archived_at__isnull=False) | Q(Exists(reading)) | Q(Exists(excepted)))


def check_can_post(member: Member, room: TalkRoom) -> None:
    # The door is asked again: between reading the room and writing into it, access may have ended.
    room = room_for(member, room.pk)
    if reads_by_exception(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)
    if room.kind == RoomKind.ANNOUNCEMENT and not writes_announcements(member, room):
        raise ReadersOnly(subject=room, client_id=room.client_id)
    if room.is_archived:
        raise RoomArchived(subject=room, client_id=room.client_id)


def writes_announcements(member: Member, room: TalkRoom) -> bool:
    own = membership_of(member, room)
    return own is not None and own.role != RoomRole.READER


def changes_by_itself_at(member: Member) -> datetime | None:
    """The next moment at which what this member may read changes without anybody doing anything."""
    now = timezone.now()
    rooms = TalkRoom.objects.filter(memberships__in=RoomMembership.objects.filter(member=member))
    mine = RoomMembership.objects.filter(member=member)
    excepted = exceptions_open_to(member).values("client")
    # A client's page may be open without any room.
    seen = clients_visible_to(member)
    moments = [
        mine.filter(valid_to__gt=now).order_by("valid_to").values_list("valid_to", flat=True).first(),
        mine.filter(history_from__gt=now).order_by("history_from").values_list("history_from", flat=True).first(),
        mine.filter(valid_from__gt=now).order_by("valid_from").values_list("valid_from", flat=True).first(),
        next_change(
            Client.objects.filter(
                Q(pk__in=rooms.values("client_id")) | Q(pk__in=excepted) | Q(pk__in=seen.values("pk"))
            ),
            now,
        ),
        places_close_at(member, now),
        member.valid_to if member.valid_to and member.valid_to > now else None,
    ]
    return min((moment for moment in moments if moment is not None), default=None)
