"""Say a message again in another room."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.files.actions import check_sent_again
from apps.kernel.refusals import NotHere
from apps.rooms.access import (
    check_can_forward,
    check_can_forward_to,
    files_to_forward,
    leaves_client,
    message_for,
    room_for,
)
from apps.rooms.actions.guard import check_room
from apps.rooms.actions.messages import Appended, post
from apps.rooms.models import Attachment, Forwarding, Message, TalkRoom
from apps.rooms.queries.forwarding import forwarded_text
from apps.rooms.refusals import LeavesClient


def check_forward(
    *, message: Message, room: TalkRoom, is_sure: bool, by: Member, remark: str = "", files: Collection[int] = ()
) -> None:
    """Refuse what may not belong in the room, unless whoever forwards it has been asked and is sure: words or names of
    files (`files` are places in the message) that seem to name another client, and what is said about a client in a room
    about nobody.

    One answer stands for both, so whoever asks shows both. The guard's doubt is in the ledger either way.
    """
    check_can_forward(by, message)
    check_can_forward_to(by, message, room)
    # Not the line above it: whose name stands there has been decided for everybody in the room.
    said = {"body": f"{remark}\n{message.body}"}
    names = [one.file.name for one in files_to_forward(by, message) if one.place in files]
    check_room(room=room, message=said, is_sure=is_sure, by=by, file_names=names)
    if leaves_client(message, room) and not is_sure:
        raise LeavesClient(subject=room, client_id=message.room.client_id)


@transaction.atomic
def forward(
    *, message: Message, room: TalkRoom, client_key: UUID, by: Member, remark: str = "", files: Collection[int] = ()
) -> Appended:
    """Post what this member reads of it into the room, as any message is posted, below a remark of their own and with those
    of its files that are named by their places; the others stay. The same key again returns the first one's number.
    `check_forward` comes before.

    NotHere for a file that this member cannot open, NotYetReady for one that is still being looked at.
    """
    # Both doors are asked again, and the text is the one of this moment.
    message, room = message_for(by, message.room_id, message.number), room_for(by, room.pk)
    check_can_forward(by, message)
    check_can_forward_to(by, message, room)
    chosen = [one for one in files_to_forward(by, message) if one.place in files]
    if len(chosen) != len(set(files)):
        raise NotHere(subject=message.room, client_id=message.room.client_id)
    check_sent_again(files=[one.file for one in chosen], by=by)

    appended = post(room=room, body=forwarded_text(by, message, room, remark), client_key=client_key, by=by)
    if appended.fresh:
        keep(message, Message.objects.get(room=room, number=appended.number), chosen)
        record(message.room, message.number, chosen, by=by)
        record(room, appended.number, chosen, by=by)
    return appended


def keep(source: Message, message: Message, chosen: list[Attachment]) -> None:
    """The same files, not copies: whoever reads one of the two messages opens them there."""
    Forwarding.objects.create(environment_id=message.environment_id, message=message, source=source)
    Attachment.objects.bulk_create(
        Attachment(environment_id=message.environment_id, message=message, place=place, file=one.file)
        for place, one in enumerate(chosen, start=1)
    )


def record(room: TalkRoom, number: int, chosen: list[Attachment], **by: Any) -> None:
    detail: dict[str, object] = {"number": number}
    if chosen:
        detail["files"] = [str(one.file_id) for one in chosen]
    audit.record(verb="rooms.message_forwarded", subject=room, client=room.client, detail=detail, **by)
