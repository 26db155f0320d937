"""Write a message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from apps.audit.origin import Origin, present
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.kernel.refusals import NotHere, Refusal
from apps.rooms.access import check_can_answer, check_can_post
from apps.rooms.actions.attaching import attach
from apps.rooms.actions.mentioning import mention
from apps.rooms.actions.questions import ask_along
from apps.rooms.models import Message, TalkRoom
from apps.rooms.pace import check_pace
from apps.rooms.refusals import KeyUsedElsewhere, NothingWritten, PlaceNotTold, TooLong
from apps.rooms.wording import tells_place

# One statement for one message or for many (migration 0003), and what `arguments` makes of them.
APPEND = (
    "SELECT author_id, client_key, room_id, number, posted_at, fresh FROM rooms_append"
    "(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::inet[], %s::text[], %s::bigint[])"
)


class Outgoing(NamedTuple):
    """A message on its way to the database: who says what where, under which key of the sender's device."""

    room_id: UUID
    author_id: UUID
    client_key: UUID
    body: str
    origin: Origin
    # The number of the message of the room that it answers.
    answers: int | None = None


class Appended(NamedTuple):
    """Where a message stands now: `fresh` is False when the same key had been stored before."""

    author_id: UUID
    client_key: UUID
    room_id: UUID
    number: int
    posted_at: datetime
    fresh: bool


@transaction.atomic
def post(
    *,
    room: TalkRoom,
    body: str,
    client_key: UUID,
    by: Member,
    files: Sequence[UUID] = (),
    answers: int | None = None,
    asked_of: str = "",
) -> Appended:
    """Store a message with its ledger entry and return its number; the same key again returns the first one's.

    `files` are ids of the author's own uploads that are attached to nothing yet: all of them go with it, or nothing is sent.
    `answers` is the number of a message of the room that the author may read. Who is called by name after an @ is kept.
    Where `asked_of` says whose confirmation is enough (`AskedOf`), whoever is in the room is asked for it with the message.
    """
    check_can_post(by, room)
    check_can_answer(by, room, answers)

    try:
        body = body_to_store(body, beside_files=bool(files))
        check_tells_no_place(room, body)
        check_pace(by.pk)
    except Refusal as refusal:
        refusal.subject, refusal.client_id = room, room.client_id
        raise

    appended = append(Outgoing(room.pk, by.pk, client_key, body, present(), answers))
    if appended is None:
        # The function asks once more whether the author is in the room: their time there has ended in this moment.
        raise NotHere(subject=room, client_id=room.client_id)
    if appended.room_id != room.pk:
        raise KeyUsedElsewhere(subject=room, client_id=room.client_id)
    if files and appended.fresh:
        attach(room=room, number=appended.number, files=files, by=by)
    if appended.fresh:
        mention(room=room, number=appended.number, body=body, by=by)
    if asked_of and appended.fresh:
        ask_along(room=room, number=appended.number, of=asked_of, by=by)
    return appended


def body_to_store(body: str, *, beside_files: bool = False) -> str:
    """What is stored of what was typed; refuses nothing (but beside files), too much, and what looks like an individual
    number."""
    # A lone surrogate or a NUL cannot be stored; neither is anything a person has typed.
    body = body.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
    if not body and not beside_files:
        raise NothingWritten
    if len(body) > Message.LONGEST:
        raise TooLong(limit=f"{Message.LONGEST:,}")
    check_no_individual_number(body)
    return body


def check_tells_no_place(room: TalkRoom, body: str) -> None:
    """In the room of a protected client nobody says where anybody is."""
    if room.client is not None and room.client.is_protected and tells_place(body):
        raise PlaceNotTold(subject=room, client_id=room.client_id)


def append(message: Outgoing) -> Appended | None:
    """Write one message by the database function that numbers, stores, records and announces in one statement.

    None where the author is not in the room any more. Groups of messages take the same way (`rooms.writer`).
    """
    try:
        return appended(message)
    except IntegrityError:
        # The same key came through two doors at once. The statement has undone itself, counter and all, and the
        # other one has committed: asked again, it finds what the other stored.
        return appended(message)


def appended(message: Outgoing) -> Appended | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(APPEND, arguments([message]))
        row = cursor.fetchone()
        return None if row is None else Appended(*row)


def arguments(messages: list[Outgoing]) -> list[list[Any]]:
    """The columns that `APPEND` takes."""
    return [
        [one.room_id for one in messages],
        [one.author_id for one in messages],
        [one.client_key for one in messages],
        [one.body for one in messages],
        [one.origin.channel for one in messages],
        [one.origin.address for one in messages],
        [one.origin.agent for one in messages],
        [one.answers for one in messages],
    ]
