"""Let people into a room and take them out; nothing is deleted."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from guardian.shortcuts import assign_perm, remove_perm

from apps.audit import actions as audit
from apps.clients.access import can_write_about, names_beside
from apps.environments.models import Member, Role
from apps.kernel.my_number import check_no_individual_number
from apps.kernel.refusals import NotAllowed, NotHere, Refusal
from apps.notices.actions import notify
from apps.rooms.access import (
    can_administer_room,
    check_can_administer_room,
    roles_in,
    room_for,
    usual_role,
)
from apps.rooms.happenings import membership_changed
from apps.rooms.models import RoomMembership, RoomRole, TalkRoom
from apps.rooms.queries import limits_of
from apps.rooms.refusals import (
    AlreadyInRoom,
    GuestOwnsNothing,
    LastOwner,
    NoReason,
    NotOnTheTeam,
    RoleDoesNotFit,
    RoomArchived,
    RoomFull,
    TooManyRooms,
)

VIEW = "view_talkroom"


@transaction.atomic
def admit(
    *, member: Member, room: TalkRoom, history_from: datetime | None = None, role: str = "", reason: str, by: Member
) -> None:
    """Let a member into a room; they read nothing from before `history_from`, or everything when it is None."""
    admit_all(members=[member], room=room, history_from=history_from, role=role, reason=reason, by=by)


@transaction.atomic
def admit_all(
    *,
    members: Iterable[Member],
    room: TalkRoom,
    history_from: datetime | None,
    role: str = "",
    reason: str,
    by: Member,
) -> None:
    """Let several people in alike, or none of them: as far back, as what and why, each with their own ledger entry."""
    check_can_administer_room(by, room)

    room = room_for(by, room.pk)
    # In the order of their keys: two who let the same people in elsewhere wait for each other, never in a circle.
    people = sorted(members, key=lambda member: member.pk)
    if room.is_archived:
        raise RoomArchived(subject=room, client_id=room.client_id)
    if not reason.strip():
        raise NoReason(subject=room, client_id=room.client_id)
    check_no_individual_number(reason)
    for member in people:
        check_may_join(member, room, by)
        check_role_fits(member, room, role)

    for member in people:
        join(room=room, member=member, role=role, history_from=history_from, reason=reason.strip(), by=by)
    tell_admitted(room, people, by)


def check_may_join(member: Member, room: TalkRoom, by: Member) -> None:
    # Beside a client whose places are withheld, whom one may not know one cannot let in.
    if not member.is_current or not names_beside(by, room.client).include(member.pk):
        raise NotHere(subject=member)
    if room.client is not None and not can_write_about(member, room.client):
        raise NotOnTheTeam(subject=room, client_id=room.client_id)


def check_role_fits(member: Member, room: TalkRoom, role: str) -> None:
    """No role said is the usual one. The database refuses what does not fit too."""
    if role and role not in roles_in(room):
        raise RoleDoesNotFit(subject=room, client_id=room.client_id)
    if role == RoomRole.OWNER and member.is_guest:
        raise GuestOwnsNothing(subject=room)


def tell_admitted(room: TalkRoom, people: list[Member], by: Member) -> None:
    notify(
        receivers=people,
        sentence=gettext_noop("You have been admitted to a talk room."),
        path=reverse("rooms:room", kwargs={"slug": by.environment.slug, "room_id": room.pk}),
        about=room.client_id,
    )


@transaction.atomic
def join(
    *, room: TalkRoom, member: Member, role: str = "", history_from: datetime | None, reason: str, by: Member
) -> None:
    """Begin a member's time in a room. Who may come in was asked by the verb that calls this."""
    # Two who admit the same person at once come one after the other: meeting at the exclusion constraint they could
    # wait for each other in a circle.
    locked(room)
    try:
        with transaction.atomic():
            RoomMembership.objects.create(
                environment_id=room.environment_id,
                room=room,
                member=member,
                role=role or usual_role(room),
                history_from=history_from,
                reason=reason,
                admitted_by=by,
            )
    except IntegrityError as error:
        raise not_let_in(error, room, member) from error
    assign_perm(VIEW, member.user, room)
    audit.record(
        verb="rooms.admitted",
        subject=room,
        client=room.client,
        by=by,
        detail={
            "member": str(member.pk),
            "history_from": history_from.isoformat() if history_from else "all",
            "role": role or usual_role(room),
        },
    )
    membership_changed.announce(environment_id=room.environment_id, room_id=room.pk, member_id=member.pk)


def not_let_in(error: IntegrityError, room: TalkRoom, member: Member) -> Refusal:
    """What the database said, as a sentence: it counts under its own locks, whoever else comes in at this moment."""
    limits = limits_of(room.environment_id)
    promise = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if promise == "a_room_holds_so_many_members":
        return RoomFull(subject=room, client_id=room.client_id, limit=f"{limits.members_per_room:,}")
    if promise == "a_person_is_in_so_many_rooms":
        return TooManyRooms(
            subject=room, client_id=room.client_id, limit=f"{limits.rooms_per_person:,}", name=member.name
        )
    # The exclusion constraint: an open membership exists, perhaps made in this very moment by somebody else.
    return AlreadyInRoom(subject=room, client_id=room.client_id)


@transaction.atomic
def remove(*, member: Member, room: TalkRoom, by: Member) -> None:
    """End a member's time in a room now: one leaves oneself, or who administers the room ends it. Nothing is deleted.

    When a room loses its last owner, whoever has been in it longest becomes one.
    """
    room = room_for(by, room.pk)
    if member.pk != by.pk and not can_administer_room(by, room):
        raise NotAllowed(subject=room, client_id=room.client_id)

    locked(room)
    for membership in (
        RoomMembership.objects.open()
        .select_for_update(of=("self",))
        .filter(room=room, member=member)
        .select_related("member__user", "room__client")
    ):
        end_time_in_room(membership, by)
    find_owner(room, by)


def end_time_in_room(membership: RoomMembership, by: Member) -> None:
    if not membership.is_open:
        # Somebody else ended it while this waited for the lock.
        return
    member, room = membership.member, membership.room
    membership.valid_to = timezone.now()
    membership.removed_by = by
    membership.save(update_fields=["valid_to", "removed_by"])
    remove_perm(VIEW, member.user, room)
    audit.record(verb="rooms.removed", subject=room, client=room.client, by=by, detail={"member": str(member.pk)})
    membership_changed.announce(environment_id=room.environment_id, room_id=room.pk, member_id=member.pk)


def find_owner(room: TalkRoom, by: Member) -> None:
    """A theme room or announcements that nobody owns any more fall to whoever has been in them longest."""
    present = RoomMembership.objects.open().filter(room=room)
    if RoomRole.OWNER not in roles_in(room) or present.filter(role=RoomRole.OWNER).exists():
        return
    people = Member.objects.current().exclude(role=Role.GUEST)
    eldest = present.filter(member__in=people).order_by("valid_from", "pk").first()
    if eldest is not None:
        become(eldest, RoomRole.OWNER, by)


def become(membership: RoomMembership, role: str, by: Member) -> None:
    membership.role = role
    membership.save(update_fields=["role"])
    audit.record(
        verb="rooms.role_changed",
        subject=membership.room,
        client=membership.room.client,
        by=by,
        detail={"member": str(membership.member_id), "role": role},
    )
    membership_changed.announce(
        environment_id=membership.environment_id, room_id=membership.room_id, member_id=membership.member_id
    )


@transaction.atomic
def give_role(*, member: Member, room: TalkRoom, role: str, by: Member) -> None:
    """Say as what somebody is in a theme room or in announcements. A room keeps an owner."""
    check_can_administer_room(by, room)
    check_role_fits(member, room, role)

    locked(room)
    membership = RoomMembership.objects.open().select_for_update(of=("self",)).filter(room=room, member=member).first()
    if membership is None:
        raise NotHere(subject=member)
    others = RoomMembership.objects.open().filter(room=room, role=RoomRole.OWNER).exclude(pk=membership.pk)
    if membership.role == RoomRole.OWNER and role != RoomRole.OWNER and not others.exists():
        raise LastOwner(subject=room)
    if membership.role != role:
        become(membership, role, by)


def locked(room: TalkRoom) -> TalkRoom:
    """Whoever changes who is in a room waits for whoever does so already. Without the key: messages are still posted."""
    found: TalkRoom = TalkRoom.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)
    return found
