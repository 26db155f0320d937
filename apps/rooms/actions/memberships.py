"""Let people into a room and take them out; nothing is deleted."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from guardian.shortcuts import assign_perm, remove_perm

from apps.audit import actions as audit
from apps.clients.access import can_write_about
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed
from apps.notices.actions import notify
from apps.rooms.access import can_admit, check_can_admit, room_for, rooms_taken_over
from apps.rooms.happenings import membership_changed
from apps.rooms.models import RoomMembership, TalkRoom
from apps.rooms.refusals import AlreadyInRoom, NotOnTheTeam

VIEW = "view_talkroom"


@transaction.atomic
def admit(
    *, member: Member, room: TalkRoom, by: Member, history_from: datetime | None = None, reason: str = ""
) -> None:
    """Let a member into a room; they read nothing from before `history_from`, or everything when it is None."""
    check_can_admit(by, room)

    room = room_for(by, room.pk)
    if room.client is not None and not (member.is_current and can_write_about(member, room.client)):
        raise NotOnTheTeam(subject=room, client_id=room.client_id)

    join(room=room, member=member, history_from=history_from, reason=reason, by=by)
    notify(
        receivers=[member],
        sentence=gettext_noop("You have been admitted to a talk room."),
        path=reverse("rooms:room", kwargs={"slug": by.environment.slug, "room_id": room.pk}),
    )


@transaction.atomic
def join(*, room: TalkRoom, member: Member, history_from: datetime | None, reason: str, by: Member) -> None:
    """Begin a member's time in a room. Who may come in was asked by the verb that calls this."""
    # Two who admit the same person at once come one after the other: meeting at the exclusion constraint they could
    # wait for each other in a circle. Without the key, so that messages are still posted meanwhile.
    TalkRoom.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)
    try:
        with transaction.atomic():
            RoomMembership.objects.create(
                environment_id=room.environment_id,
                room=room,
                member=member,
                history_from=history_from,
                reason=reason,
                admitted_by=by,
            )
    except IntegrityError as error:
        # The exclusion constraint: an open membership exists, perhaps made in this very moment by somebody else.
        raise AlreadyInRoom from error
    assign_perm(VIEW, member.user, room)
    audit.record(
        verb="rooms.admitted",
        subject=room,
        client=room.client,
        by=by,
        detail={"member": str(member.pk), "history_from": history_from.isoformat() if history_from else "all"},
    )
    membership_changed.announce(environment_id=room.environment_id, room_id=room.pk, member_id=member.pk)


@transaction.atomic
def remove(*, member: Member, room: TalkRoom, by: Member) -> None:
    """End a member's time in a room now: one leaves oneself, or somebody of the room ends it. Nothing is deleted."""
    room = room_for(by, room.pk)
    if member.pk != by.pk and not can_admit(by, room):
        raise NotAllowed(subject=room, client_id=room.client_id)

    for membership in RoomMembership.objects.open().select_for_update(of=("self",)).filter(room=room, member=member):
        end_time_in_room(membership, member=member, room=room, by=by)


def end_time_in_room(membership: RoomMembership, *, member: Member, room: TalkRoom, by: Member) -> None:
    if not membership.is_open:
        # Somebody else ended it while this waited for the lock.
        return
    membership.valid_to = timezone.now()
    membership.removed_by = by
    membership.save(update_fields=["valid_to", "removed_by"])
    remove_perm(VIEW, member.user, room)
    audit.record(verb="rooms.removed", subject=room, client=room.client, by=by, detail={"member": str(member.pk)})
    membership_changed.announce(environment_id=room.environment_id, room_id=room.pk, member_id=member.pk)


@transaction.atomic
def hand_on_rooms(*, member: Member, successor: Member | None, by: Member) -> int:
    """Take somebody whose place ends out of all rooms, and let the successor into those where none of theirs is left.

    The successor reads as far back as the leaver could. Returns how many rooms were passed on. Called by
    `handovers.actions` in the transaction that ends the place, before it ends.
    """
    check_can_administer(by)

    passed = [] if successor is None else list(rooms_taken_over(member, successor).order_by("pk"))
    # In the order of the rooms' keys: two who leave at once and pass rooms to each other wait, but never in a circle.
    list(
        TalkRoom.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[room.pk for room in passed])
        .order_by("pk")
    )
    times = RoomMembership.objects.open().filter(member=member).select_related("room__client").order_by("room_id")
    history = {time.room_id: time.history_from for time in times}
    for time in times.select_for_update(of=("self",)):
        end_time_in_room(time, member=member, room=time.room, by=by)
    for room in passed:
        assert successor is not None
        join(room=room, member=successor, history_from=history[room.pk], reason=gettext("Handover"), by=by)
    return len(passed)
