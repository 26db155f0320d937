"""Ask the readers of a message to confirm it, confirm it, and remind those who are missing."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed
from apps.notices.actions import notify
from apps.rooms.access import (
    ask_for,
    check_can_acknowledge,
    check_can_ask,
    check_can_post,
    message_for,
)
from apps.rooms.actions.changing import next_change, tell, under_the_lock
from apps.rooms.actions.questions import put_question
from apps.rooms.happenings import acknowledged
from apps.rooms.models import Acknowledgement, Ask, Message
from apps.rooms.queries.asking import next_reminder, standings
from apps.rooms.refusals import NobodyMissing, RemindedAlready


@transaction.atomic
def ask_to_confirm(*, message: Message, of: str, by: Member) -> Ask:
    """Ask whoever is in the room now to confirm it. Asked again, what was asked first stays."""
    message = message_for(by, message.room_id, message.number)
    check_can_ask(by, message)

    # Under the room's lock: two presses ask once.
    fresh = under_the_lock(message)
    if fresh.asked_of:
        return ask_for(fresh)
    next_change(fresh)
    asked = put_question(fresh, of=of, by=by, also=["change"])
    tell(fresh)
    return asked


@transaction.atomic
def acknowledge(*, message: Message, by: Member) -> Acknowledgement:
    """Say that one has taken note. Said again it is said once; it is not taken back."""
    message = message_for(by, message.room_id, message.number)
    check_can_acknowledge(by, message)

    ask = ask_for(message)
    said: Acknowledgement
    said, made = Acknowledgement.objects.get_or_create(
        ask=ask, member=by, defaults={"environment_id": ask.environment_id}
    )
    if made:
        record("rooms.acknowledged", message, by)
        acknowledged.announce(
            environment_id=message.environment_id, room_id=message.room_id, member_id=by.pk, number=message.number
        )
    return said


@transaction.atomic
def remind(*, message: Message, by: Member) -> int:
    """Tell those who are missing once more, and nobody else; at most every four hours. Returns how many were told."""
    message = message_for(by, message.room_id, message.number)
    check_can_post(by, message.room)
    ask = ask_for(message)
    if ask.asked_by_id != by.pk:
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)

    ask = Ask.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    if next_reminder(ask) is not None:
        raise RemindedAlready(subject=message.room, client_id=message.room.client_id)
    missing = standings(message.room, [message])[message.number].missing
    if not missing:
        raise NobodyMissing(subject=message.room, client_id=message.room.client_id)

    ask.reminded_at = timezone.now()
    ask.save(update_fields=["reminded_at"])
    room = reverse("rooms:room", kwargs={"slug": by.environment.slug, "room_id": message.room_id})
    notify(
        receivers=Member.objects.filter(pk__in=missing),
        sentence=gettext_noop("You are asked to confirm a message in a talk room."),
        path=f"{room}#message-{message.number}",
        about=message.room.client_id,
    )
    record("rooms.confirmation_reminded", message, by, people=len(missing))
    return len(missing)


def record(verb: str, message: Message, by: Member, **detail: object) -> None:
    room = message.room
    audit.record(verb=verb, subject=room, client=room.client, by=by, detail={"number": message.number, **detail})
