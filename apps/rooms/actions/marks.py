"""Say how far one has read."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.rooms.access import reads_by_exception, room_for
from apps.rooms.happenings import mark_moved, pin_moved
from apps.rooms.models import ReadMark, RoomPin, TalkRoom


@transaction.atomic
def read_up_to(*, room: TalkRoom, number: int, by: Member) -> int:
    """Move the read mark forward to a message that was on screen; it never moves back. Returns where it stands.

    Who reads by a legal exception leaves no mark in the room.
    """
    room = room_for(by, room.pk)
    if reads_by_exception(by, room):
        return 0

    number = max(0, min(number, room.last_number))
    mark, made = ReadMark.objects.get_or_create(
        room=room, member=by, defaults={"environment_id": room.environment_id, "number": number}
    )
    moved = made or bool(
        ReadMark.objects.filter(pk=mark.pk, number__lt=number).update(number=number, moved_at=timezone.now())
    )

    if moved:
        mark_moved.announce(environment_id=room.environment_id, room_id=room.pk, member_id=by.pk, number=number)
        return number
    return mark.number


@transaction.atomic
def pin_room(*, room: TalkRoom, by: Member) -> None:
    """Keep a room at the head of one's own list. Pinned again it stays where it is."""
    room = room_for(by, room.pk)
    _pin, made = RoomPin.objects.get_or_create(room=room, member=by, defaults={"environment_id": room.environment_id})
    if made:
        record_pin("rooms.pinned", room, by)


@transaction.atomic
def unpin_room(*, room: TalkRoom, by: Member) -> None:
    """Let a room stand where the others stand."""
    room = room_for(by, room.pk)
    count, _kinds = RoomPin.objects.filter(room=room, member=by).delete()
    if count:
        record_pin("rooms.unpinned", room, by)


def record_pin(verb: str, room: TalkRoom, by: Member) -> None:
    audit.record(verb=verb, subject=room, client=room.client, by=by)
    # On every screen of the person the list is asked for anew; nobody else hears of it.
    pin_moved.announce(environment_id=room.environment_id, room_id=room.pk, member_id=by.pk)
