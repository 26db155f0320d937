"""Whom an auditor asks the ledger about: clients and members, told apart as elsewhere."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.clients.access import clients_to_inspect
from apps.clients.models import Client
from apps.environments.models import Member
from apps.environments.queries import holds
from apps.kernel.folding import fold

MOST_FOUND = 20


@dataclass(frozen=True)
class Found:
    clients: list[Client]
    members: list[Member]

    @property
    def many(self) -> int:
        return len(self.clients) + len(self.members)


@dataclass(frozen=True)
class Subject:
    """The client and the person that a question names; None where it names none, or somebody who is not here."""

    client: Client | None
    person: Member | None


def people_to_choose(reader: Member, typed: str) -> Found:
    """Clients and members whose name or reading holds every typed word; nobody before two letters are typed."""
    wanted = fold(typed).split()
    if len("".join(wanted)) < 2:
        return Found([], [])
    clients = clients_to_inspect(reader).order_by("kana", "born_on", "pk")
    members = Member.objects.select_related("organization").order_by("kana", "pk")
    return Found(those(clients, wanted), those(members, wanted))


def those(people: Any, wanted: list[str]) -> list[Any]:
    return [one for one in people if holds(wanted, one.name, one.kana)][:MOST_FOUND]


def subject_of(reader: Member, *, client: UUID | None, person: UUID | None) -> Subject:
    return Subject(
        client=clients_to_inspect(reader).filter(pk=client).first() if client else None,
        person=Member.objects.select_related("organization").filter(pk=person).first() if person else None,
    )
