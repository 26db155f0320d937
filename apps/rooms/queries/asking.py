"""Who has confirmed a message, organization by organization, and who is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.core.paginator import Page
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from apps.clients.access import names_beside
from apps.environments.models import Member
from apps.environments.names import Names, PersonShown
from apps.environments.remembered import Remembered
from apps.kernel.paging import paged, showing
from apps.kernel.tables import in_utf8, written
from apps.rooms.access import asks_waiting_for, is_asked
from apps.rooms.models import Acknowledgement, Ask, AskedOf, Message, RoomMembership, TalkRoom
from apps.rooms.queries.lists import told_in_lists
from apps.rooms.queries.memberships import people_of
from apps.rooms.queries.quotes import since_of

# A reminder to the same people is sent at most so often.
BETWEEN_REMINDERS = timedelta(hours=4)


@dataclass(frozen=True)
class Asked:
    """Somebody who was in the room when it was asked, is in it now and may read the message."""

    member_id: UUID
    organization_id: UUID
    room_id: UUID
    since: datetime
    shown_from: datetime | None

    def is_asked(self, message: Message, ask: Ask) -> bool:
        return (
            self.member_id != message.author_id
            and self.since <= ask.asked_at
            and (self.shown_from is None or message.posted_at >= self.shown_from)
        )


def asked_in(room: TalkRoom) -> list[Asked]:
    """Everybody who may be asked something there; whoever reads by a legal exception is not."""
    present = RoomMembership.objects.open().filter(room=room, member__in=people_of(room).order_by().values("pk"))
    rows = present.values_list("member_id", "member__organization_id", "room_id", "valid_from", "history_from")
    return [Asked(*row) for row in rows]


@dataclass(frozen=True)
class HowMany:
    """How much of what is asked for is there: people, or organizations."""

    done: int
    of: int


@dataclass
class Standing:
    """Of one message: who is asked, organization by organization, and who has confirmed."""

    message: Message
    ask: Ask
    organizations: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    said: dict[UUID, datetime] = field(default_factory=dict)

    def has_said(self, organization_id: UUID) -> bool:
        return any(member_id in self.said for member_id in self.organizations.get(organization_id, ()))

    def waits_for(self, member_id: UUID, organization_id: UUID) -> bool:
        if member_id not in self.organizations.get(organization_id, ()) or member_id in self.said:
            return False
        return self.message.asked_of == AskedOf.EVERYBODY or not self.has_said(organization_id)

    def count(self, only: UUID | None = None) -> HowMany:
        """Of everybody, or of one organization alone."""
        bodies = [one for one in self.organizations if only is None or one == only]
        if self.message.asked_of == AskedOf.ORGANIZATIONS:
            return HowMany(sum(self.has_said(one) for one in bodies), len(bodies))
        people = [member_id for one in bodies for member_id in self.organizations[one]]
        return HowMany(sum(member_id in self.said for member_id in people), len(people))

    @property
    def missing(self) -> set[UUID]:
        return {
            member_id
            for organization_id, people in self.organizations.items()
            for member_id in people
            if self.waits_for(member_id, organization_id)
        }


def standings(room: TalkRoom, messages: Iterable[Message]) -> dict[int, Standing]:
    """Message number → how it stands, of those that ask for a confirmation; asks nothing where none does."""
    asking = {one.pk: one for one in messages if is_asked(one)}
    if not asking:
        return {}
    found = Ask.objects.filter(message__in=list(asking))
    asks = {ask.pk: Standing(asking[ask.message_id], ask) for ask in found}
    people = asked_in(room)
    for standing in asks.values():
        # The author's own organization is not asked as one: it speaks.
        bodies = standing.message.asked_of == AskedOf.ORGANIZATIONS
        for one in people:
            own = bodies and one.organization_id == standing.message.author.organization_id
            if one.is_asked(standing.message, standing.ask) and not own:
                standing.organizations[one.organization_id].add(one.member_id)
    said = Acknowledgement.objects.filter(ask__in=list(asks))
    for ask_id, member_id, at in said.values_list("ask_id", "member_id", "acknowledged_at"):
        asks[ask_id].said[member_id] = at
    return {standing.message.number: standing for standing in asks.values()}


@dataclass(frozen=True)
class AskShown:
    """Below a message, as one reader sees it."""

    count: HowMany
    is_settled: bool
    by_organization: bool


def asks_on(reader: Member, room: TalkRoom, messages: list[Message]) -> dict[int, AskShown]:
    """Of a guest's page the numbers of their own organization alone."""
    only = reader.organization_id if reader.is_guest else None
    return {number: shown_to(reader, one, only) for number, one in standings(room, messages).items()}


def shown_to(reader: Member, standing: Standing, only: UUID | None) -> AskShown:
    waits = standing.waits_for(reader.pk, reader.organization_id)
    return AskShown(standing.count(only), not waits, standing.message.asked_of == AskedOf.ORGANIZATIONS)


@dataclass(frozen=True)
class Confirming:
    """Somebody in the list, and when they confirmed, if they did."""

    shown: PersonShown
    at: datetime | None
    is_missing: bool


@dataclass(frozen=True)
class BodyAsked:
    """One organization of the list."""

    name: str | Promise
    people: list[Confirming]
    is_done: bool


@dataclass(frozen=True)
class AskList:
    count: HowMany
    by_organization: bool
    bodies: list[BodyAsked]
    missing: int
    reminded_at: datetime | None
    can_remind_from: datetime | None


def ask_list(reader: Member, message: Message) -> AskList:
    """Who of which organization has confirmed when, and who is missing: first the organizations that are. A guest is shown
    their own organization and is told of no other."""
    standing = standings(message.room, [message])[message.number]
    names = names_beside(reader, message.room.client)
    only = reader.organization_id if reader.is_guest else None
    wanted = [one for one in standing.organizations if only is None or one == only]
    people = Member.objects.filter(pk__in=[one for body in wanted for one in standing.organizations[body]])
    rows: defaultdict[UUID, list[Member]] = defaultdict(list)
    for person in people.select_related("organization").order_by("organization__name", "kana", "name"):
        rows[person.organization_id].append(person)
    bodies = [body_asked(standing, names, members) for members in rows.values()]
    return AskList(
        count=standing.count(only),
        by_organization=standing.message.asked_of == AskedOf.ORGANIZATIONS,
        bodies=sorted(bodies, key=lambda one: one.is_done),
        missing=len(standing.missing),
        reminded_at=standing.ask.reminded_at,
        can_remind_from=next_reminder(standing.ask),
    )


def body_asked(standing: Standing, names: Names, members: list[Member]) -> BodyAsked:
    organization_id = members[0].organization_id
    shown = [
        Confirming(names.of(one), standing.said.get(one.pk), standing.waits_for(one.pk, organization_id))
        for one in members
    ]
    return BodyAsked(shown[0].shown.organization, shown, not any(one.is_missing for one in shown))


def next_reminder(ask: Ask) -> datetime | None:
    """From when on those who are missing may be reminded again; nothing where they may be now."""
    if ask.reminded_at is None or ask.reminded_at + BETWEEN_REMINDERS <= timezone.now():
        return None
    return ask.reminded_at + BETWEEN_REMINDERS


def ask_list_written(found: AskList) -> bytes:
    """The list for a spreadsheet, in UTF-8 with the mark by which Excel knows it."""
    rows = [[gettext("Organization"), gettext("Name"), gettext("Confirmation"), gettext("When")]]
    for body in found.bodies:
        for one in body.people:
            state = gettext("Confirmed") if one.at else gettext("Missing") if one.is_missing else gettext("Not needed")
            at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M") if one.at else ""
            rows.append([str(body.name), str(one.shown.known_as), state, at])
    return in_utf8(written(rows))


@dataclass(frozen=True)
class Waiting:
    """A message that waits for one's confirmation, and the names that may be told beside it."""

    ask: Ask
    message: Message
    # From when on the reader is shown the room.
    since: datetime | None
    names: Names


def asked_of_me(member: Member, asked: str | None = None) -> Page[Waiting]:
    """A page of what one is asked to confirm, the newest first."""
    asks = paged(asks_waiting_for(member).select_related("message__room").order_by("-asked_at", "-pk"), asked)
    names = told_in_lists(member, [one.message for one in asks])
    return showing(asks, [Waiting(one, one.message, since_of(one), names(one.message)) for one in asks])


def asked_by_room(member: Member) -> dict[UUID, int]:
    """Room → how many of its messages wait for one's confirmation: one question for the whole list, remembered."""
    return Counter(room for _, room in WAITING.rows(member))


WAITING = Remembered(asks_waiting_for, "message__room")
