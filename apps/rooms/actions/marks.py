"""Say how far one has read."""

from django.db import transaction
from django.utils import timezone

from apps.environments.models import Member
from apps.rooms.access import reads_by_exception, room_for
from apps.rooms.happenings import mark_moved
from apps.rooms.models import ReadMark, TalkRoom


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
