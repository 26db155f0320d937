"""What becomes of the rooms of somebody whose place ends."""

from django.db import transaction
from django.utils.translation import gettext

from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.rooms.access import rooms_taken_over
from apps.rooms.actions.memberships import end_time_in_room, find_owner, join
from apps.rooms.models import RoomMembership, RoomRole, TalkRoom


@transaction.atomic
def hand_on_rooms(*, member: Member, successor: Member | None, by: Member) -> int:
    """Take somebody whose place ends out of all rooms, and let the successor into those where none of theirs is left.

    The successor reads as far back as the leaver could. Returns how many rooms were passed on. Called by
    `handovers.actions` in the transaction that ends the place, before it ends.
    """
    check_can_administer(by)

    passed = [] if successor is None else list(rooms_taken_over(member, successor).order_by("pk"))
    times = (
        RoomMembership.objects.open()
        .filter(member=member)
        .select_related("room__client", "member__user")
        .order_by("room_id")
    )
    # In the order of the rooms' keys: two who leave at once and pass rooms to each other wait, but never in a circle.
    # All of them, those that pass to nobody too: a room that loses its owner finds another.
    rooms = TalkRoom.objects.filter(pk__in=[time.room_id for time in times])
    list(rooms.select_for_update(of=("self",), no_key=True).order_by("pk"))
    history = {time.room_id: time.history_from for time in times}
    role = {time.room_id: time.role for time in times}
    for time in times.select_for_update(of=("self",)):
        end_time_in_room(time, by)
    for room in passed:
        assert successor is not None
        join(
            room=room,
            member=successor,
            role=role_passed(successor, role[room.pk]),
            history_from=history[room.pk],
            reason=gettext("Handover"),
            by=by,
        )
    for time in times:
        find_owner(time.room, by)
    return len(passed)


def role_passed(successor: Member, role: str) -> str:
    """The leaver's own, but that a guest owns nothing."""
    return RoomRole.WRITER if successor.is_guest and role == RoomRole.OWNER else role
