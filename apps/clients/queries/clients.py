"""Lists of clients, and who is told apart from whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.functional import Promise

from apps.clients.access import clients_visible_to, reasons, seats_waiting_for
from apps.clients.ages import age_band
from apps.clients.models import Client, Seat
from apps.clients.queries.standing import Standing, clients_standing, standings
from apps.environments.models import Member, OrganizationKind
from apps.kernel.folding import fold
from apps.kernel.paging import paged


def client_rows(member: Member) -> QuerySet[Client]:
    """The clients a member may see, by reading."""
    return clients_visible_to(member).order_by("kana", "born_on", "pk")


def clients_found(member: Member, typed: str) -> QuerySet[Client]:
    """Visible clients whose name or reading holds every typed word, whatever its width, kana or variant kanji.

    One or two letters are looked for too. Words stand in any order, each anywhere in the name or in the reading.
    """
    found = client_rows(member)
    for word in fold(typed).split():
        # Not LIKE: the planner takes any word for rare, and would ask the rule of every hit by itself, which takes seconds
        # for a family name that half a city bears.
        found = found.filter(GreaterThan(StrIndex("search_text", Value(word)), 0))
    return found


def clients_listed(member: Member, typed: str, standing: str) -> QuerySet[Client]:
    """The list, or what a search found, narrowed to those whose consent stands so where that is asked."""
    found = clients_found(member, typed) if typed else client_rows(member)
    return clients_standing(member, found, standing) if standing else found


@dataclass(frozen=True)
class ClientRow:
    """A client as lists show them: with the reason why this member sees them, and how it stands with the consent where
    they look after it."""

    client: Client
    why: Any
    standing: Standing | None


def with_reasons(member: Member, clients: Any) -> list[ClientRow]:
    """The rows of one page of the list; as many queries whatever the size."""
    known, standing = reasons(member, clients), standings(member, clients)
    return [ClientRow(client, known.get(client.pk), standing.get(client.pk)) for client in clients]


@dataclass(frozen=True)
class Found:
    """One page of the list, or of what a search found, and how the ledger tells of it."""

    typed: str
    standing: str
    page: Page[Client]
    rows: list[ClientRow]

    @property
    def verb(self) -> str:
        return "clients.searched" if self.typed else "clients.listed"

    @property
    def detail(self) -> dict[str, Any]:
        """How many there are, and who was shown; never what was typed."""
        narrowed = {"standing": self.standing} if self.standing else {}
        return {"hits": self.page.paginator.count, "clients": [str(row.client.pk) for row in self.rows]} | narrowed


def namesakes(member: Member, *, name: str, kana: str, born_on: date, beside: Client | None = None) -> list[Client]:
    """Visible clients born on the same day who are written or read alike.

    Those whom this member may not see are not among them: registering must not tell who else is cared for. `beside` is
    the client whose record is being changed.
    """
    born_alike = clients_visible_to(member).filter(born_on=born_on).exclude(pk__in=[beside.pk] if beside else [])
    written, read = plain(name), plain(kana)
    return [client for client in born_alike if plain(client.name) == written or plain(client.kana) == read]


def plain(text: str) -> str:
    return fold(text).replace(" ", "")


@dataclass(frozen=True)
class WaitingCard:
    """What people see of a client before consent: nothing that names, and nothing that leads to the client.

    Of a child also the days wished, the needs, and the school district (domain §0.3): by these a place is found.
    """

    id: UUID
    age_band: Promise
    since: datetime
    support: str
    weekdays: list[Promise]
    needs: list[Promise]
    school_district: str


@dataclass(frozen=True)
class Waiting:
    """One page of the cards."""

    page: Page[Seat]
    cards: list[WaitingCard]


def waiting(member: Member, page: str | None = None) -> Waiting:
    """The cards that a page of the client list shows, the longest wait first."""
    found = paged(waiting_seats(member), page)
    return Waiting(page=found, cards=cards_of(member, found.object_list))


def waiting_cards(member: Member) -> list[WaitingCard]:
    """A card for every seat of the member's organization that waits for consent, the longest wait first."""
    return cards_of(member, waiting_seats(member))


def waiting_seats(member: Member) -> QuerySet[Seat]:
    return seats_waiting_for(member).order_by("valid_from", "pk").select_related("client")


def cards_of(member: Member, seats: Iterable[Seat]) -> list[WaitingCard]:
    support = str(OrganizationKind(member.organization.kind).label)
    return [waiting_card(seat, support) for seat in seats]


def waiting_card(seat: Seat, support: str) -> WaitingCard:
    client = seat.client
    is_child = client.is_child
    return WaitingCard(
        id=seat.pk,
        age_band=age_band(client.born_on, timezone.localdate()),
        since=seat.valid_from,
        support=support,
        weekdays=client.weekdays_said if is_child else [],
        needs=client.needs_said if is_child else [],
        school_district=client.school_district if is_child else "",
    )
