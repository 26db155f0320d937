"""The entries of an export: those that were sealed when it was asked for, one part of them in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from apps.audit.models import Entry, Leaf
from apps.environments.models import Member
from apps.oversight.models import Export
from apps.oversight.queries.entries import Asked, EntryShown, entries_asked_for, shown

# So many entries are in memory at a time.
AT_ONCE = 1_000


@dataclass(frozen=True)
class Sealed:
    """An entry in words, with its number and its hash in the ledger."""

    shown: EntryShown
    number: int
    hash: str

    @property
    def entry(self) -> Entry:
        return self.shown.entry


def whole_ledger() -> Asked:
    """The question that every entry answers."""
    today = timezone.localdate()
    first = Entry.objects.order_by("pk").values_list("recorded_at", flat=True).first()
    return Asked({}, timezone.localdate(first) if first is not None else today, today)


def entries_of(export: Export) -> QuerySet[Entry]:
    """Always the same ones: an entry is never changed, and one that is sealed later has a higher number."""
    return sealed_up_to(export.asked_by, Asked(export.asked, export.since, export.until), export.sealed)


def sealed_up_to(reader: Member, asked: Asked, number: int) -> QuerySet[Entry]:
    leaf = Leaf.objects.filter(entry_id=OuterRef("pk"), number__lte=number)
    return entries_asked_for(reader, asked).filter(Exists(leaf))


def parts_of(export: Export) -> Iterator[list[Sealed]]:
    """In order of time. The database keeps the place (a cursor of the server's): however many there are, memory is the same."""
    leaf = Leaf.objects.filter(entry_id=OuterRef("pk"))
    rows: Any = entries_of(export).annotate(number=Subquery(leaf.values("number")), leaf=Subquery(leaf.values("hash")))
    part: list[Any] = []
    for entry in rows.order_by("recorded_at", "id").iterator(chunk_size=AT_ONCE):
        part.append(entry)
        if len(part) == AT_ONCE:
            yield sealed(part)
            part = []
    if part:
        yield sealed(part)


def sealed(part: list[Any]) -> list[Sealed]:
    return [Sealed(one, one.entry.number, bytes(one.entry.leaf).hex()) for one in shown(part)]  # type: ignore[attr-defined]
