"""The verbs of a room: open it, admit and remove people, post, read."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from guardian.shortcuts import assign_perm, remove_perm

from apps.audit import actions as audit
from apps.audit.origin import present
from apps.clients.access import can_write_about, check_can_change_team
from apps.clients.models import Client
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed
from apps.notices.actions import notify
from apps.rooms.access import can_admit, check_can_admit, check_can_post, reads_by_exception, room_for, rooms_taken_over
from apps.rooms.happenings import mark_moved, membership_changed
from apps.rooms.models import Message, ReadMark, RoomKind, RoomMembership, TalkRoom
from apps.rooms.pace import check_pace
from apps.rooms.refusals import AlreadyInRoom, KeyUsedElsewhere, NothingWritten, NotOnTheTeam, TooLong

VIEW = "view_talkroom"


class Appended(NamedTuple):
    """Where a message stands now: `fresh` is False when the same key had been stored before."""

    author_id: UUID
    client_key: UUID
    room_id: UUID
    number: int
    posted_at: datetime
    fresh: bool


@transaction.atomic
def open_client_room(*, client: Client, title: str, by: Member) -> TalkRoom:
    """Open a talk room about a client; whoever opens it is its first member."""
    check_can_change_team(by, client)

    room = TalkRoom.objects.create(
        environment_id=client.environment_id, kind=RoomKind.CLIENT, client=client, title=title, opened_by=by
    )
    audit.record(verb="rooms.opened_room", subject=room, client=client, by=by)
    join(room=room, member=by, history_from=None, reason="", by=by)
    return room


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


def join(*, room: TalkRoom, member: Member, history_from: datetime | None, reason: str, by: Member) -> None:
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


@transaction.atomic
def post(*, room: TalkRoom, body: str, client_key: UUID, by: Member) -> Appended:
    """Store a message with its ledger entry and return its number; the same key again returns the first one's."""
    check_can_post(by, room)

    # A lone surrogate or a NUL cannot be stored; neither is anything a person has typed.
    body = body.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
    if not body:
        raise NothingWritten(subject=room, client_id=room.client_id)
    if len(body) > Message.LONGEST:
        raise TooLong(subject=room, client_id=room.client_id, limit=f"{Message.LONGEST:,}")
    check_pace(by)

    appended = append(room_id=room.pk, author_id=by.pk, client_key=client_key, body=body)
    if appended.room_id != room.pk:
        raise KeyUsedElsewhere(subject=room, client_id=room.client_id)
    return appended


def append(*, room_id: UUID, author_id: UUID, client_key: UUID, body: str) -> Appended:
    """Write one message by the database function that numbers, stores, records and announces in one statement."""
    origin = present()
    arguments: list[Any] = [[room_id], [author_id], [client_key], [body]]
    arguments += [[origin.channel], [origin.address], [origin.agent]]
    try:
        return appended(arguments)
    except IntegrityError:
        # The same key came through two doors at once. The statement has undone itself, counter and all, and the
        # other one has committed: asked again, it finds what the other stored.
        return appended(arguments)


def appended(arguments: list[Any]) -> Appended:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT author_id, client_key, room_id, number, posted_at, fresh FROM rooms_append"
            "(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::inet[], %s::text[])",
            arguments,
        )
        return Appended(*cursor.fetchone())


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
