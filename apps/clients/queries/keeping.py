"""What the law keeps of a client, and what an auditor is shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from apps.audit.models import Entry
from apps.clients.access import (
    bodies_beside,
    clients_kept_by,
    clients_to_inspect,
    names_of_hands_beside,
    papers_kept_by,
)
from apps.clients.models import Client, ClientPaper, Seat
from apps.clients.queries.consents import ClientConsents, ConsentShown, consents_of
from apps.clients.queries.papers import PaperShown, papers_shown
from apps.clients.retention import keeping_of, kept_until
from apps.environments.models import Member, Organization
from apps.environments.names import PersonShown
from apps.environments.queries import holds
from apps.kernel.folding import fold

MOST_ENTRIES = 200
MOST_FOUND = 20


@dataclass(frozen=True)
class Kept:
    """What an organization keeps of a client: its own, until when, and by which rule."""

    client: Client
    basis: Promise
    years: int
    until: datetime | None
    seats: list[Seat]
    consents: list[ConsentShown]
    papers: list[PaperShown]


def kept_clients(member: Member) -> QuerySet[Client]:
    return clients_kept_by(member).order_by("kana", "born_on", "pk")


def kept_of(member: Member, client: Client) -> Kept:
    """Seats, consents and papers of the member's own organization."""
    body = member.organization
    seats = list(
        Seat.objects.filter(client=client, organization=body).select_related("organization").order_by("valid_from")
    )
    ends = [seat.valid_to for seat in seats if seat.valid_to is not None]
    completed_at = max(ends) if len(ends) == len(seats) else None
    every = consents_of(client, reader=member)
    return Kept(
        client=client,
        basis=keeping_of(body.kind).basis,
        years=keeping_of(body.kind).years,
        until=kept_until(body.kind, completed_at) if completed_at else None,
        seats=seats,
        consents=[one for one in (*every.present, *every.past) if covers(one, body)],
        papers=papers_shown(member, client, papers_kept_by(member, client).select_related("uploaded_by")),
    )


def covers(shown: ConsentShown, body: Organization) -> bool:
    """Whether a consent names the organization or its kind; asked of the rows that were read with it."""
    return any(one.organization_id == body.pk or one.kind == body.kind for one in shown.record.audience.all())


def clients_to_choose(member: Member, typed: str) -> list[Client]:
    """Clients whose name or reading holds every typed word; nobody before two letters are typed."""
    wanted = fold(typed).split()
    if len("".join(wanted)) < 2:
        return []
    clients = clients_to_inspect(member).order_by("kana", "born_on", "pk")
    return [client for client in clients if holds(wanted, client.name, client.kana)][:MOST_FOUND]


@dataclass(frozen=True)
class Look:
    """An entry of the ledger with the name of who it was."""

    entry: Entry
    who: str


@dataclass(frozen=True)
class Inspected:
    """What stands around a record: seats, consents, which papers there are, and who has looked. Nothing that was said."""

    # Each with its organization, or the kind of it.
    seats: list[tuple[Seat, str]]
    consents: ClientConsents
    papers: list[ClientPaper]
    looks: list[Look]


def inspected(member: Member, client: Client) -> Inspected:
    """As one auditor is shown it. Who has looked is told by name: that is what an inspection is for; of a protected
    client without the organization, which stands in the list of members and not beside the client."""
    bodies, told = bodies_beside(member, client), names_of_hands_beside(member, client)
    entries = list(Entry.objects.filter(client_id=client.pk).order_by("-id")[:MOST_ENTRIES])
    seats = Seat.objects.filter(client=client).select_related("organization")
    people = Member.objects.filter(pk__in={entry.member_id for entry in entries}).select_related("organization")
    names: dict[UUID | None, str] = {person.pk: said(told.of(person)) for person in people}
    return Inspected(
        seats=[(seat, bodies.name(seat.organization)) for seat in seats.order_by("-valid_from")],
        consents=consents_of(client, reader=member),
        papers=list(ClientPaper.objects.filter(client=client).select_related("uploaded_by")),
        looks=[Look(entry, names.get(entry.member_id, "")) for entry in entries],
    )


def said(person: PersonShown) -> str:
    return f"{person.name} ({person.organization})"
