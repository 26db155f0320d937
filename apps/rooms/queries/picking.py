"""People to choose from: found by name, reading or organization, beside those who are chosen already."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.environments.queries import holds
from apps.kernel.folding import fold

SHOWN = 20


@dataclass(frozen=True)
class Picking:
    """What was typed, who is chosen, the first of those who were found, and how many more there are."""

    typed: str
    chosen: list[Member]
    found: list[Member]
    more: int

    @property
    def out_of_sight(self) -> list[Member]:
        """The chosen who are not among those found: they are kept all the same."""
        return [one for one in self.chosen if one not in self.found]


def picking(people: QuerySet[Member], *, typed: str = "", ids: Iterable[str] = ()) -> Picking:
    """Of these people, by organization and reading."""
    rows = people.select_related("organization").order_by("organization__name", "kana", "name")
    wanted = fold(typed).split()
    if wanted:
        found = [one for one in rows if holds(wanted, one.name, one.kana, one.organization.name)]
        shown, count = found[:SHOWN], len(found)
    else:
        shown, count = list(rows[:SHOWN]), rows.count()
    chosen = list(rows.filter(pk__in=[one for one in ids if is_id(one)]))
    return Picking(typed, chosen, shown, count - len(shown))


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
