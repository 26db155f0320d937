"""Answer a message in one of the set phrases. Where a phrase says what was asked for, it is the answer to that."""

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.rooms.access import can_acknowledge, check_can_react, handlings_seen_by, has_acknowledged, message_for
from apps.rooms.actions.asking import acknowledge
from apps.rooms.actions.changing import next_change, tell, under_the_lock
from apps.rooms.actions.handling import give_back, take
from apps.rooms.happenings import reacted
from apps.rooms.models import Handling, Message, Reaction, ReactionKind
from apps.rooms.refusals import ConfirmedForGood


@transaction.atomic
def react(*, message: Message, kind: ReactionKind, by: Member) -> None:
    """Everybody who reads the message sees it there; said twice, it stands once.

    "I have checked it" confirms a message that asks for it, and "I will see to it" takes what needs somebody of one's
    organization: nobody who says so is counted as missing. Where a colleague has it already, the sentence says who.
    """
    fresh = checked(message, by)
    mean_it(fresh, kind, by)
    about = {"message": fresh, "kind": kind, "member": by}
    _reaction, made = Reaction.objects.get_or_create(**about, defaults={"environment_id": fresh.environment_id})
    if made:
        record("rooms.reacted", fresh, kind, by, is_on=True)


@transaction.atomic
def take_reaction_back(*, message: Message, kind: ReactionKind, by: Member) -> None:
    """As if it had never been said. What one has taken with it is given back; what one has confirmed stays confirmed."""
    fresh = checked(message, by)
    take_meaning_back(fresh, kind, by)
    count, _kinds = Reaction.objects.filter(message=fresh, kind=kind, member=by).delete()
    if count:
        record("rooms.reaction_taken_back", fresh, kind, by, is_on=False)


def mean_it(message: Message, kind: ReactionKind, by: Member) -> None:
    if kind == ReactionKind.SEEN and can_acknowledge(by, message):
        acknowledge(message=message, by=by)
    elif kind == ReactionKind.ON_IT and needed(message, by) is not None:
        take(message=message, by=by)


def take_meaning_back(message: Message, kind: ReactionKind, by: Member) -> None:
    if kind == ReactionKind.SEEN and has_acknowledged(by, message):
        raise ConfirmedForGood(subject=message.room, client_id=message.room.client_id)
    if kind == ReactionKind.ON_IT:
        handling = needed(message, by)
        if handling is not None and handling.handler_id == by.pk:
            give_back(message=message, by=by)


def needed(message: Message, by: Member) -> Handling | None:
    """What the message needs of this person's organization."""
    found: Handling | None = handlings_seen_by(by).filter(message=message, done_at=None).first()
    return found


def checked(message: Message, by: Member) -> Message:
    """The message as it stands now, if this person may react to it."""
    message = message_for(by, message.room_id, message.number)
    check_can_react(by, message)
    return under_the_lock(message)


def record(verb: str, message: Message, kind: ReactionKind, by: Member, *, is_on: bool) -> None:
    """Write it down and tell every screen; the person's own screens, which of them is theirs."""
    room = message.room
    next_change(message)
    message.save(update_fields=["change"])
    detail = {"number": message.number, "kind": str(kind)}
    audit.record(verb=verb, subject=room, client=room.client, by=by, detail=detail)
    whose = {"environment_id": room.environment_id, "room_id": room.pk, "member_id": by.pk}
    reacted.announce(**whose, number=message.number, kind=str(kind), is_on=int(is_on))
    tell(message)
