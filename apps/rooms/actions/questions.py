"""Put the question for a confirmation to a message: with it when it goes out, or afterwards."""

from collections.abc import Iterable

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.rooms.models import Ask, AskedOf, Message, TalkRoom


def ask_along(*, room: TalkRoom, number: int, of: str, by: Member) -> Ask:
    """Of a message that is being posted, in the same transaction: nobody ever reads it without the question."""
    message = Message.objects.get(room=room, number=number)
    message.room = room
    return put_question(message, of=of, by=by)


def put_question(message: Message, *, of: str, by: Member, also: Iterable[str] = ()) -> Ask:
    """With its entry in the ledger. `also` are other fields of the message that are kept with it."""
    asked: Ask = Ask.objects.create(environment_id=message.environment_id, message=message, asked_by=by)
    message.asked_of = AskedOf(of).value
    message.save(update_fields=["asked_of", *also])
    room, detail = message.room, {"number": message.number, "of": message.asked_of}
    audit.record(verb="rooms.confirmation_asked", subject=room, client=room.client, by=by, detail=detail)
    return asked
