"""Imported lists: who of them was built upon, how a list was read last time, and who in it is known already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from apps.clients.access import Numbered, clients_visible_to, holders_of
from apps.clients.models import Certification, Charge, Client, ClientNumber, ImportRun, RenewalReminder
from apps.clients.queries.clients import plain
from apps.environments.models import Member

MOST_NAMED = 100


def built_upon(run: ImportRun) -> QuerySet[Client]:
    """The clients of a list to whom something was added since: whatever points at them, a change of their record, another
    division, an end of a certification that was announced. Asked of the models themselves, so that what is added to
    clients one day counts too."""
    announced = RenewalReminder.objects.filter(certification__client=OuterRef("pk"))
    found = Q(version__gt=1) | ~Q(division=run.organization_id) | Q(Exists(announced))
    for relation in Client._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        found |= Q(Exists(since(run, relation.related_model, rows)))
    return Client.objects.filter(found, brought_by=run).order_by("kana", "born_on", "pk")


def since(run: ImportRun, model: type[Model], rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without what came with the list itself."""
    if model is Charge:
        # The database itself writes the first charge of every client; a transfer is something somebody has done.
        return rows.exclude(transfer=None)
    elif model in {ClientNumber, Certification}:
        return rows.exclude(brought_by=run, struck_at=None)
    else:
        return rows


def built_upon_visible(member: Member, run: ImportRun) -> list[Client]:
    """Those of them whom this member sees still, to be named; the first hundred. Nobody of a list taken back."""
    return list(built_upon(run).filter(pk__in=clients_visible_to(member).values("pk"))[:MOST_NAMED])


def last_places(header: str) -> dict[str, int]:
    """From which columns a list with this header was read the last time in this environment; nothing for a new one."""
    found = ImportRun.objects.filter(header=header).order_by("-imported_at").values_list("places", flat=True).first()
    return dict(found or {})


@dataclass(frozen=True)
class Known:
    """Somebody who is registered already, as far as this is asked about."""

    id: UUID
    name: str
    kana: str
    born_on: date

    def is_alike(self, name: str, kana: str) -> bool:
        return self.name == plain(name) or self.kana == plain(kana)


class KnownPeople:
    """Those a member sees who were born on certain days or have certain numbers; two statements whatever the number."""

    def __init__(self, member: Member, days: Iterable[date], numbers: Iterable[Numbered]) -> None:
        self._holders = holders_of(numbers)
        holders = {client for clients in self._holders.values() for client in clients}
        seen = clients_visible_to(member).filter(Q(born_on__in=set(days)) | Q(pk__in=holders)).order_by()
        self._known = {
            pk: Known(pk, plain(name), plain(kana), born_on)
            for pk, name, kana, born_on in seen.values_list("pk", "name", "kana", "born_on")
        }
        self._born_on: dict[date, list[Known]] = defaultdict(list)
        for one in self._known.values():
            self._born_on[one.born_on].append(one)

    def same(self, name: str, kana: str, born_on: date) -> list[UUID]:
        """Those of the same name, reading and day of birth: the same person, as far as a list can tell."""
        return [one.id for one in self._born_on[born_on] if one.name == plain(name) and one.kana == plain(kana)]

    def alike(self, name: str, kana: str, born_on: date) -> list[UUID]:
        """Those of the same day of birth who are written or read alike."""
        return [one.id for one in self._born_on[born_on] if one.is_alike(name, kana)]

    def holders(self, number: Numbered, *, name: str, kana: str, born_on: date) -> tuple[list[UUID], bool]:
        """Of those who have the number: whom this member sees and takes for the person of the row, as who is born on the
        same day or is written or read alike; and whether somebody else has it, seen or not."""
        has_it = self._holders[number]
        seen = [self._known[client] for client in has_it if client in self._known]
        meant = [one.id for one in seen if one.born_on == born_on or one.is_alike(name, kana)]
        return meant, len(meant) < len(has_it)
