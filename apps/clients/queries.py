"""Page-shaped reads."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from apps.clients.access import VIEW, clients_visible_to, reasons
from apps.clients.models import Client, ClientUserObjectPermission, Seat
from apps.environments.access import members_visible_to
from apps.environments.models import Member, Organization
from apps.environments.queries import holds
from apps.kernel.folding import fold


@dataclass(frozen=True)
class TeamSeat:
    """A seat as the team page shows it: the organization and its people, with the reason each sees the client."""

    seat: Seat
    people: list[Member]


def client_rows(member: Member) -> QuerySet[Client]:
    """The clients a member may see, by reading."""
    return clients_visible_to(member).order_by("kana", "born_on")


def clients_found(member: Member, typed: str) -> list[Client]:
    """Visible clients whose name or reading holds every typed word, whatever its width, kana or variant kanji."""
    wanted = fold(typed).split()
    return [client for client in client_rows(member) if holds(wanted, client.name, client.kana)]


@dataclass(frozen=True)
class ClientRow:
    """A client as lists show them: with the reason why this member sees them."""

    client: Client
    why: Any


def with_reasons(member: Member, clients: Any) -> list[ClientRow]:
    """The rows of one page of the list; two queries whatever the size."""
    known = reasons(member, clients)
    return [ClientRow(client, known.get(client.pk)) for client in clients]


@dataclass(frozen=True)
class Found:
    """One page of the list, or of what a search found, and how the ledger tells of it."""

    typed: str
    page: Page[Client]
    rows: list[ClientRow]

    @property
    def verb(self) -> str:
        return "clients.searched" if self.typed else "clients.listed"

    @property
    def detail(self) -> dict[str, Any]:
        """How many there are, and who was shown; never what was typed."""
        return {"hits": self.page.paginator.count, "clients": [str(row.client.pk) for row in self.rows]}


def namesakes(member: Member, *, name: str, kana: str, born_on: date) -> list[Client]:
    """Visible clients born on the same day who are written or read alike.

    Those whom this member may not see are not among them: registering must not tell who else is cared for.
    """
    born_alike = clients_visible_to(member).filter(born_on=born_on)
    written, read = plain(name), plain(kana)
    return [client for client in born_alike if plain(client.name) == written or plain(client.kana) == read]


def plain(text: str) -> str:
    return fold(text).replace(" ", "")


def opened_by_hand(client: Client) -> list[Member]:
    """The present members to whom the client was opened by hand."""
    grants = ClientUserObjectPermission.objects.filter(content_object=client, permission__codename=VIEW)
    people = Member.objects.current().filter(user__in=grants.values("user"), user__is_active=True)
    return list(people.select_related("organization").order_by("kana", "name"))


def organizations_without_seat(client: Client, typed: str = "") -> list[Organization]:
    """Organizations that could be given a seat, by name or reading."""
    seated = Seat.objects.open().filter(client=client).values("organization")
    wanted = fold(typed).split()
    others = Organization.objects.exclude(pk__in=seated).order_by("kind", "kana", "name")
    return [one for one in others if holds(wanted, one.name, one.kana)]


def members_to_open_to(member: Member, client: Client, typed: str, *, most: int = 20) -> list[Member]:
    """People found by name or reading who do not see the client yet; nobody before something is typed."""
    wanted = fold(typed).split()
    if not wanted:
        return []
    seated = Seat.objects.open().filter(client=client).values("organization")
    opened = ClientUserObjectPermission.objects.filter(content_object=client, permission__codename=VIEW).values("user")
    people = members_visible_to(member).current().filter(user__is_active=True).exclude(role__in=["admin", "auditor"])
    others = people.exclude(organization__in=seated).exclude(user__in=opened).order_by("kana", "name")
    return [one for one in others if holds(wanted, one.name, one.kana)][:most]


def care_team(client: Client) -> list[TeamSeat]:
    """The open seats with their present people; two queries whatever the size."""
    seats = list(
        Seat.objects.open().filter(client=client).select_related("organization", "client").order_by("valid_from")
    )
    people = (
        Member.objects.current()
        .filter(organization__in=[seat.organization_id for seat in seats], user__is_active=True)
        .select_related("organization")
        .order_by("kana", "name")
    )
    return [
        TeamSeat(seat=seat, people=[person for person in people if person.organization_id == seat.organization_id])
        for seat in seats
    ]
