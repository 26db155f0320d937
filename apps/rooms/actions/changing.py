"""Change what was written: edit a message, remove it."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.kernel.refusals import Refusal
from apps.rooms.access import check_can_edit, check_can_remove, check_is_there, message_for
from apps.rooms.actions.mentioning import forget_mentions, mention
from apps.rooms.actions.messages import body_to_store, check_tells_no_place
from apps.rooms.happenings import message_changed
from apps.rooms.models import Message, TalkRoom


@transaction.atomic
def edit(*, message: Message, body: str, by: Member) -> Message:
    """Say it in other words. What it said before stays to be read; the database keeps it."""
    message = message_for(by, message.room_id, message.number)
    check_can_edit(by, message)

    fresh = under_the_lock(message)
    try:
        body = body_to_store(body)
        check_tells_no_place(fresh.room, body)
    except Refusal as refusal:
        refusal.subject, refusal.client_id = message.room, message.room.client_id
        raise
    if body == fresh.body:
        return fresh

    fresh.body, fresh.edited_at = body, timezone.now()
    changed(fresh, ["body", "edited_at"], verb="rooms.edited", by=by)
    forget_mentions(message=fresh)
    mention(room=fresh.room, number=fresh.number, body=body, by=by)
    return fresh


@transaction.atomic
def remove_message(*, message: Message, by: Member) -> Message:
    """Leave a tombstone: the message keeps its number and its author and says nothing any more.

    What it said is kept for an auditor's inspection and shown to nobody else.
    """
    message = message_for(by, message.room_id, message.number)
    check_can_remove(by, message)

    fresh = under_the_lock(message)
    fresh.body, fresh.removed_at, fresh.removed_by = "", timezone.now(), by
    changed(fresh, ["body", "removed_at", "removed_by"], verb="rooms.message_removed", by=by)
    forget_mentions(message=fresh)
    return fresh


def under_the_lock(message: Message) -> Message:
    """The message as it stands now. The room's lock comes first, as in the function that writes messages: changes are
    numbered one after the other, and whoever has seen a number has missed none below it."""
    room = TalkRoom.objects.select_for_update(of=("self",)).select_related("client").get(pk=message.room_id)
    fresh: Message = Message.objects.select_for_update(of=("self",)).select_related("author").get(pk=message.pk)
    fresh.room = room
    check_is_there(fresh)
    return fresh


def changed(message: Message, fields: list[str], *, verb: str, by: Member) -> None:
    """Keep it, write it down, and tell every screen."""
    room = message.room
    next_change(message)
    message.save(update_fields=[*fields, "change"])
    audit.record(verb=verb, subject=room, client=room.client, by=by, detail={"number": message.number})
    tell(message)


def next_change(message: Message) -> None:
    room = message.room
    room.last_change += 1
    room.save(update_fields=["last_change"])
    message.change = room.last_change


def tell(message: Message) -> None:
    message_changed.announce(environment_id=message.environment_id, room_id=message.room_id, change=message.change)
