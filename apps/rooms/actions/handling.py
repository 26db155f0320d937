"""Say that a message needs somebody of an organization; take it, pass it on, give it back, finish it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member, Organization
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.actions import notify
from apps.rooms.access import (
    check_can_handle,
    chosen,
    colleagues_who_could_handle,
    handling_for,
    message_for,
    people_to_handle,
)
from apps.rooms.happenings import handling_changed
from apps.rooms.models import Handling, Message
from apps.rooms.queries.handling import organizations_shown
from apps.rooms.refusals import NotYours, TakenAlready


@transaction.atomic
def need_somebody(*, message: Message, organization: Organization, by: Member) -> Handling:
    """Put a message into the inbox of an organization. While it stands there it is put in once."""
    message = message_for(by, message.room_id, message.number)
    check_can_handle(by, message)
    organization = chosen(organizations_shown(by, message), organization.pk)

    handling: Handling
    handling, made = Handling.objects.get_or_create(
        message=message,
        organization=organization,
        done_at=None,
        defaults={"environment_id": message.environment_id, "needed_by": by},
    )
    if made:
        said(message, handling, "rooms.handling_needed", by)
        notify(
            receivers=people_to_handle(message).filter(organization=organization).exclude(pk=by.pk),
            sentence=gettext_noop("A message needs somebody of your organization."),
            path=reverse("rooms:office", kwargs={"slug": by.environment.slug}),
            about=message.room.client_id,
        )
    return handling


@transaction.atomic
def take(*, message: Message, by: Member) -> Handling:
    """Have it from now on. Of two who press in the same moment one has it, and the other is told who.

    What somebody has who does not read the message any more is free again.
    """
    message, handling = door(message, by)
    held_by = handling.handler_id
    if held_by == by.pk:
        return handling
    if handling.handler is not None and people_to_handle(message).filter(pk=handling.handler.pk).exists():
        raise TakenAlready(subject=message.room, client_id=message.room.client_id, name=handling.handler.known_as)

    # Written only where it still stands as it was read: the database lets one of two pass.
    rows = Handling.objects.filter(pk=handling.pk, handler=held_by, done_at=None)
    if not rows.update(handler=by, taken_at=timezone.now()):
        # The other one has committed: who has it now is told.
        now = handling_for(by, message)
        name = now.handler.known_as if now.handler else ""
        raise TakenAlready(subject=message.room, client_id=message.room.client_id, name=name)
    return said(message, handling, "rooms.handling_taken", by)


@transaction.atomic
def hand_on(*, message: Message, to: Member, by: Member) -> Handling:
    """Pass it to a colleague who reads the message; they are told."""
    message, handling = in_hand(message, by)
    if not colleagues_who_could_handle(by, message).filter(pk=to.pk).exists():
        raise NotHere(subject=message.room, client_id=message.room.client_id)

    move(message, handling, by, handler=to, taken_at=timezone.now())
    notify(
        receivers=[to],
        sentence=gettext_noop("A message was passed on to you to be handled."),
        path=reverse("rooms:office", kwargs={"slug": by.environment.slug}),
        about=message.room.client_id,
    )
    return said(message, handling, "rooms.handling_passed_on", by, to=str(to.pk))


@transaction.atomic
def give_back(*, message: Message, by: Member) -> Handling:
    """Nobody has it again."""
    message, handling = in_hand(message, by)
    move(message, handling, by, handler=None, taken_at=None)
    return said(message, handling, "rooms.handling_given_back", by)


@transaction.atomic
def finish_handling(*, message: Message, by: Member) -> Handling:
    """It is done, by whoever has it."""
    message, handling = in_hand(message, by)
    move(message, handling, by, done_at=timezone.now())
    return said(message, handling, "rooms.handling_done", by)


def door(message: Message, by: Member) -> tuple[Message, Handling]:
    message = message_for(by, message.room_id, message.number)
    check_can_handle(by, message)
    return message, handling_for(by, message)


def in_hand(message: Message, by: Member) -> tuple[Message, Handling]:
    """Only for who has it; somebody else is told who has."""
    message, handling = door(message, by)
    if handling.handler is None:
        raise NotYours(subject=message.room, client_id=message.room.client_id)
    if handling.handler_id != by.pk:
        raise TakenAlready(subject=message.room, client_id=message.room.client_id, name=handling.handler.known_as)
    return message, handling


def move(message: Message, handling: Handling, by: Member, **becomes: object) -> None:
    # Where it is in this person's hand no more, somebody was quicker.
    if not Handling.objects.filter(pk=handling.pk, handler=by, done_at=None).update(**becomes):
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)


def said(message: Message, handling: Handling, verb: str, by: Member, **detail: str) -> Handling:
    """In the ledger, and on every screen of the organization."""
    room = message.room
    about = {"number": message.number, "organization": str(handling.organization_id), **detail}
    audit.record(verb=verb, subject=room, client=room.client, by=by, detail=about)
    handling_changed.announce(
        environment_id=message.environment_id,
        room_id=room.pk,
        organization_id=handling.organization_id,
        number=message.number,
    )
    return handling
