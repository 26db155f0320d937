"""Write a message."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from apps.audit.origin import present
from apps.environments.models import Member
from apps.rooms.access import check_can_post
from apps.rooms.models import Message, TalkRoom
from apps.rooms.pace import check_pace
from apps.rooms.refusals import KeyUsedElsewhere, NothingWritten, TooLong


class Appended(NamedTuple):
    """Where a message stands now: `fresh` is False when the same key had been stored before."""

    author_id: UUID
    client_key: UUID
    room_id: UUID
    number: int
    posted_at: datetime
    fresh: bool


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
