"""The inbox of an office: what nobody has taken, who handles what, and what is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from apps.clients.access import names_beside
from apps.environments.models import Member, Organization
from apps.environments.names import Names
from apps.kernel.refusals import NotHere
from apps.rooms.access import can_handle, colleagues_who_could_handle, handlings_seen_by, organizations_to_ask
from apps.rooms.models import Handling, Message
from apps.rooms.queries.lists import MOST, told_in_lists
from apps.rooms.queries.memberships import people_of
from apps.rooms.queries.quotes import since_of


@dataclass(frozen=True)
class InHand:
    """A message that needs somebody of one's organization, and the names that may be told beside it."""

    handling: Handling
    message: Message
    # From when on the reader is shown the room.
    since: datetime | None
    names: Names

    @property
    def state(self) -> str:
        if self.handling.done_at is not None:
            return "done"
        return "open" if self.handling.handler is None else "taken"


@dataclass(frozen=True)
class Office:
    """The three parts of the inbox; each is longest waiting first, but what is done is newest first."""

    open: list[InHand]
    taken: list[InHand]
    done: list[InHand]
    # More waits, or was done, than is listed.
    has_more: bool = False
    has_older: bool = False


def office_of(member: Member) -> Office:
    """What of one's organization stands where: the two hundred that have waited longest, and the last two hundred that are
    done."""
    rows = handlings_seen_by(member).select_related("handler__organization", "needed_by__organization", "message__room")
    waiting = list(rows.filter(done_at=None).order_by("needed_at")[: MOST + 1])
    done = list(rows.filter(done_at__isnull=False).order_by("-done_at")[: MOST + 1])
    has_more, has_older = len(waiting) > MOST, len(done) > MOST
    del waiting[MOST:], done[MOST:]
    names = told_in_lists(member, [one.message for one in [*waiting, *done]])

    def shown(one: Handling) -> InHand:
        return InHand(one, one.message, since_of(one), names(one.message))

    return Office(
        open=[shown(one) for one in waiting if one.handler_id is None],
        taken=[shown(one) for one in waiting if one.handler_id is not None],
        done=[shown(one) for one in done],
        has_more=has_more,
        has_older=has_older,
    )


def untaken_count(member: Member) -> int:
    return handlings_seen_by(member).filter(done_at=None, handler=None).count()


def handlings_on(reader: Member, messages: list[Message]) -> dict[int, Handling]:
    """Message number → what the reader's organization has still to do for it: one question for a page."""
    rows = handlings_seen_by(reader).filter(message__in=[one.pk for one in messages], done_at=None)
    return {one.number: one for one in rows.select_related("handler").annotate(number=F("message__number"))}


@dataclass(frozen=True)
class HandlingChoices:
    """What one may do about a message: who could have it, and of whom it may be needed."""

    handling: Handling | None
    colleagues: list[Member]
    organizations: list[Organization]


def handling_choices(reader: Member, message: Message) -> HandlingChoices | None:
    """Nothing for whoever may only look."""
    if not can_handle(reader, message):
        return None
    handling = handlings_on(reader, [message]).get(message.number)
    colleagues: list[Member] = []
    if handling is not None and handling.handler_id == reader.pk:
        colleagues = list(colleagues_who_could_handle(reader, message).exclude(pk=reader.pk).order_by("kana", "name"))
    return HandlingChoices(handling, colleagues, organizations_shown(reader, message))


def organizations_shown(reader: Member, message: Message) -> list[Organization]:
    names = names_beside(reader, message.room.client)
    known = [one for one in people_of(message.room) if names.include(one.pk)]
    return organizations_to_ask(reader, message, known)


def one_of(people: QuerySet[Member], member_id: UUID | None) -> Member:
    """One of them; nobody else is here."""
    found: Member | None = None if member_id is None else people.filter(pk=member_id).first()
    if found is None:
        raise NotHere(subject=member_id)
    return found
