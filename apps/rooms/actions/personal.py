"""Mark a message for oneself: to be done, done, to be found again."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.rooms.access import message_for
from apps.rooms.happenings import message_marked
from apps.rooms.models import MarkKind, Message, MessageMark


@transaction.atomic
def mark_message(*, message: Message, kind: MarkKind, by: Member) -> MessageMark:
    """Keep it among what one has to do, or wants to find again. A to-do that was done is open once more."""
    message = message_for(by, message.room_id, message.number)

    mark, made = MessageMark.objects.get_or_create(
        member=by, message=message, kind=kind, defaults={"environment_id": message.environment_id}
    )
    if made or mark.done_at is not None:
        mark.done_at = None
        mark.save(update_fields=["done_at"])
        record("rooms.message_marked", message, kind, by, is_on=True)
    return mark


@transaction.atomic
def unmark_message(*, message: Message, kind: MarkKind, by: Member) -> None:
    """As if it had never been marked."""
    message = message_for(by, message.room_id, message.number)
    count, _kinds = MessageMark.objects.filter(member=by, message=message, kind=kind).delete()
    if count:
        record("rooms.message_unmarked", message, kind, by, is_on=False)


@transaction.atomic
def finish(*, message: Message, by: Member) -> None:
    """It is done; it stays among what was done."""
    message = message_for(by, message.room_id, message.number)
    own = MessageMark.objects.filter(member=by, message=message, kind=MarkKind.TO_DO, done_at=None)
    if own.update(done_at=timezone.now()):
        record("rooms.todo_done", message, MarkKind.TO_DO, by, is_on=False)


def record(verb: str, message: Message, kind: MarkKind, by: Member, *, is_on: bool) -> None:
    room = message.room
    audit.record(
        verb=verb, subject=room, client=room.client, by=by, detail={"number": message.number, "kind": str(kind)}
    )
    # On every screen of the person the mark is shown and the list asked for anew; nobody else hears of it.
    whose = {"environment_id": room.environment_id, "room_id": room.pk, "member_id": by.pk}
    message_marked.announce(**whose, number=message.number, kind=str(kind), is_on=int(is_on))
