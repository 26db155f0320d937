"""Keep whom a message calls."""

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.rooms.models import Mention, Mentioned, Message, TalkRoom
from apps.rooms.queries.mentions import callable_in, calls_in, may_call


@transaction.atomic
def mention(*, room: TalkRoom, number: int, body: str, by: Member) -> None:
    """Keep whom the words of a message that is being posted, or was changed, mean: of those who are in the room now.

    What calls nobody there, or could mean two, stays plain text.
    """
    calls = calls_in(body, callable_in(by, room)) if may_call(body) else []
    if not calls:
        return
    message = Message.objects.only("pk").get(room=room, number=number)
    Mention.objects.bulk_create(
        Mention(
            environment_id=room.environment_id,
            message=message,
            begins=one.begins,
            words=one.words,
            kind=one.whom.kind,
            member_id=one.whom.member,
            organization_id=one.whom.organization,
            role=one.whom.role,
        )
        for one in calls
    )
    people = sorted({member_id for one in calls for member_id in one.whom.people})
    Mentioned.objects.bulk_create(
        Mentioned(environment_id=room.environment_id, room=room, number=number, member_id=member_id)
        for member_id in people
    )
    detail = {"number": number, "people": len(people)}
    audit.record(verb="rooms.mentioned", subject=room, client=room.client, by=by, detail=detail)


@transaction.atomic
def forget_mentions(*, message: Message) -> None:
    """The words are gone, or are other words: nobody is called by them any more. Part of a verb that writes it down."""
    Mention.objects.filter(message=message).delete()
    Mentioned.objects.filter(room=message.room_id, number=message.number).delete()
