"""Let a message wait until it is due, take it back, send it: what waits nobody has but its author."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope
from procrastinate.contrib.django import app

from apps.audit import actions as audit
from apps.environments.models import Environment, Member
from apps.files.access import files_to_send
from apps.files.actions import discard_file, reserve_files, reserve_longer
from apps.kernel.refusals import Refusal
from apps.rooms.access import check_can_answer, check_can_post, waiting_for
from apps.rooms.actions.drafting import forget_draft
from apps.rooms.actions.messages import Appended, body_to_store, check_tells_no_place, post
from apps.rooms.happenings import message_waits
from apps.rooms.models import Message, SendKey, TalkRoom, WaitingMessage, WritingHabits
from apps.rooms.models.waiting import UNDO_SECONDS
from apps.rooms.refusals import AlreadySent, TooLate

# The task of that name (`rooms.tasks`) is asked for by it: a verb imports nothing from above.
SEND_WAITING = "rooms.send_waiting"
# Nobody knows today what is right in a year.
FURTHEST = timedelta(days=366)
# The files of a message that could not be sent when it was due stay so long for its author to decide.
FILES_WAIT_ON = timedelta(days=30)


@transaction.atomic
def hold(
    *,
    room: TalkRoom,
    body: str,
    client_key: UUID,
    by: Member,
    files: Sequence[UUID] = (),
    answers: int | None = None,
    asked_of: str = "",
) -> WaitingMessage:
    """Keep a message and its files for ten seconds, in which it can be taken back, and send it then."""
    due_at = timezone.now() + timedelta(seconds=UNDO_SECONDS)
    told = Told(body, client_key, files, answers, asked_of)
    return made_to_wait(room, told, due_at, is_scheduled=False, by=by)


@transaction.atomic
def schedule(
    *,
    room: TalkRoom,
    body: str,
    client_key: UUID,
    send_at: datetime,
    by: Member,
    files: Sequence[UUID] = (),
    answers: int | None = None,
    asked_of: str = "",
) -> WaitingMessage:
    """Keep a message and its files until a moment to come, within a year, and send it then."""
    check_moment(room, send_at)
    waiting = made_to_wait(room, Told(body, client_key, files, answers, asked_of), send_at, is_scheduled=True, by=by)
    forget_draft(room=room, by=by)
    return waiting


class Told(NamedTuple):
    """What a message says that is to wait."""

    body: str
    client_key: UUID
    files: Sequence[UUID]
    answers: int | None
    asked_of: str


def made_to_wait(room: TalkRoom, told: Told, due_at: datetime, *, is_scheduled: bool, by: Member) -> WaitingMessage:
    check_can_post(by, room)
    check_can_answer(by, room, told.answers)
    body = checked(room, told.body, beside_files=bool(told.files))
    if Message.objects.filter(author=by, client_key=told.client_key).exists():
        raise AlreadySent(subject=room, client_id=room.client_id)

    says = {"body": body, "attached": list(told.files), "answers": told.answers, "asked_of": told.asked_of}
    when = {"due_at": due_at, "is_scheduled": is_scheduled}
    waiting: WaitingMessage
    waiting, fresh = WaitingMessage.objects.get_or_create(
        author=by,
        client_key=told.client_key,
        defaults={"environment_id": room.environment_id, "room": room, **says, **when},
    )
    if fresh:
        reserve_files(ids=told.files, until=due_at + FILES_WAIT_ON, by=by)
        record("rooms.message_scheduled" if is_scheduled else "rooms.message_held", waiting, by)
        call_when_due(waiting)
    return waiting


def checked(room: TalkRoom, body: str, *, beside_files: bool = False) -> str:
    try:
        body = body_to_store(body, beside_files=beside_files)
        check_tells_no_place(room, body)
    except Refusal as refusal:
        refusal.subject, refusal.client_id = room, room.client_id
        raise
    return body


def check_moment(room: TalkRoom, send_at: datetime) -> None:
    if not timezone.now() < send_at < timezone.now() + FURTHEST:
        raise TooLate(subject=room, client_id=room.client_id)


@transaction.atomic
def change_waiting(
    *, waiting: WaitingMessage, body: str, send_at: datetime, asked_of: str | None = None, by: Member
) -> WaitingMessage:
    """Say something else, or at another time. Whether it asks for a confirmation stays where nothing is said of it."""
    waiting = locked(waiting, by)
    check_can_post(by, waiting.room)
    check_moment(waiting.room, send_at)

    waiting.body, waiting.due_at, waiting.is_scheduled = (
        checked(waiting.room, body, beside_files=bool(waiting.attached)),
        send_at,
        True,
    )
    reserve_longer(ids=waiting.attached, until=send_at + FILES_WAIT_ON, by=by)
    waiting.asked_of = waiting.asked_of if asked_of is None else asked_of
    waiting.refused = waiting.refusal = ""
    waiting.save(update_fields=["body", "asked_of", "due_at", "is_scheduled", "refused", "refusal"])
    record("rooms.message_rescheduled", waiting, by)
    call_when_due(waiting)
    return waiting


@transaction.atomic
def take_back(*, waiting: WaitingMessage, by: Member) -> str:
    """It is never sent, and its files are thrown away; returns what it said. One that has gone out already is not here any
    more."""
    waiting = locked(waiting, by)
    for file in files_to_send(by).filter(pk__in=waiting.attached):
        discard_file(file_id=file.pk, by=by)
    gone(waiting)
    record("rooms.message_taken_back", waiting, by)
    return waiting.body


@transaction.atomic
def send_now(*, waiting: WaitingMessage, by: Member) -> Appended:
    """Send it without waiting any longer, by the rule of this moment."""
    waiting = locked(waiting, by)
    appended = post(by=by, **what_waits(waiting))
    gone(waiting)
    return appended


def send_due(*, author_id: UUID, environment_id: UUID) -> int:
    """Send what of this person is due, in its order; how much that was. Asked twice at once, each is sent once.

    Whether they may write there is asked now. What is refused stays with its author, with the sentence.
    """
    sent = 0
    with scope(environment=Environment(pk=environment_id)):
        while (waiting := next_due(author_id)) is not None:
            sent += send_one(waiting)
    return sent


def next_due(author_id: UUID) -> UUID | None:
    due = WaitingMessage.objects.filter(author=author_id, refused="", due_at__lte=timezone.now())
    found: UUID | None = due.values_list("pk", flat=True).first()
    return found


@transaction.atomic
def send_one(waiting_id: UUID) -> bool:
    # Whoever comes second waits for the first, and finds that nothing is left.
    due = WaitingMessage.objects.filter(pk=waiting_id, refused="", due_at__lte=timezone.now())
    waiting = due.select_for_update(of=("self",)).select_related("room__client", "author__organization").first()
    if waiting is None:
        return False
    try:
        with transaction.atomic():
            post(by=waiting.author, **what_waits(waiting))
    except Refusal as refusal:
        audit.refused(verb="rooms.posted", refusal=refusal, by=waiting.author)
        waiting.refused, waiting.refusal = refusal.code, refusal.said[:300]
        waiting.save(update_fields=["refused", "refusal"])
        tell(waiting)
        return False
    gone(waiting)
    return True


def what_waits(waiting: WaitingMessage) -> dict[str, Any]:
    """As `post` takes it."""
    says = {"body": waiting.body, "files": waiting.attached}
    beside = {"answers": waiting.answers, "asked_of": waiting.asked_of}
    return {"room": waiting.room, "client_key": waiting.client_key, **says, **beside}


def gone(waiting: WaitingMessage) -> None:
    waiting.delete()
    tell(waiting)


def locked(waiting: WaitingMessage, by: Member) -> WaitingMessage:
    """One's own, as it stands now: sending and taking back that meet come one after the other."""
    return waiting_for(by, waiting.pk, WaitingMessage.objects.select_for_update(of=("self",)))


def call_when_due(waiting: WaitingMessage) -> None:
    """Every process that hears the bus sets its clock, and the worker does, which outlives them."""
    later = app.configure_task(SEND_WAITING, schedule_at=waiting.due_at)
    later.defer(environment_id=str(waiting.environment_id), author_id=str(waiting.author_id))
    tell(waiting)


def tell(waiting: WaitingMessage) -> None:
    message_waits.announce(
        environment_id=waiting.environment_id,
        room_id=waiting.room_id,
        member_id=waiting.author_id,
        milliseconds=int(waiting.seconds_left * 1000),
    )


def record(verb: str, waiting: WaitingMessage, by: Member) -> None:
    audit.record(verb=verb, subject=waiting.room, client=waiting.room.client, by=by)


@transaction.atomic
def keep_habits(*, can_undo: bool, send_key: SendKey, by: Member) -> WritingHabits:
    """How this person wants to write from now on, on every device."""
    told = {"can_undo": can_undo, "send_key": send_key, "changed_at": timezone.now()}
    habits: WritingHabits
    habits, _made = WritingHabits.objects.update_or_create(
        member=by, defaults=told, create_defaults={"environment_id": by.environment_id, **told}
    )
    audit.record(verb="rooms.habits_kept", subject=habits, by=by)
    return habits
