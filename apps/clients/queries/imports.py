"""Imported lists: who of them was built upon, how a list was read last time, and who in it is known already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.clients.access import clients_visible_to
from apps.clients.models import Charge, Client, ImportRun
from apps.clients.queries.clients import plain
from apps.environments.models import Member

MOST_NAMED = 100


def built_upon(run: ImportRun) -> QuerySet[Client]:
    """The clients of a list to whom something was added since: whatever points at them, a change of their record, another
    division. Asked of the models themselves, so that what is added to clients one day counts too."""
    found = Q(version__gt=1) | ~Q(division=run.organization_id)
    for relation in Client._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        # The database itself writes the first charge of every client; a transfer is something somebody has done.
        found |= Q(Exists(rows.exclude(transfer=None) if relation.related_model is Charge else rows))
    return Client.objects.filter(found, brought_by=run).order_by("kana", "born_on")


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


class KnownPeople:
    """The clients a member sees who were born on certain days; one statement whatever the number."""

    def __init__(self, member: Member, days: Iterable[date]) -> None:
        self._born_on: dict[date, list[Known]] = defaultdict(list)
        born_alike = clients_visible_to(member).filter(born_on__in=set(days)).order_by()
        for pk, name, kana, born_on in born_alike.values_list("pk", "name", "kana", "born_on"):
            self._born_on[born_on].append(Known(pk, plain(name), plain(kana)))

    def same(self, name: str, kana: str, born_on: date) -> list[UUID]:
        """Those of the same name, reading and day of birth: the same person, as far as a list can tell."""
        return [one.id for one in self._born_on[born_on] if one.name == plain(name) and one.kana == plain(kana)]

    def alike(self, name: str, kana: str, born_on: date) -> list[UUID]:
        """Those of the same day of birth who are written or read alike."""
        return [one.id for one in self._born_on[born_on] if one.name == plain(name) or one.kana == plain(kana)]
