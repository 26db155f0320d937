"""Free places by weekday, time of day and age group: what somebody marks, what is kept, what is read from it. Pure.

A cell is named `"<weekday>.<band>.<age>"`, such as `"mon.afternoon.preschool"`. It says `"free"` (○), `"ask"` (△, talk to us),
`"full"` (×) or how many places there are (0 to 99); a cell that says nothing is not kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.facilities.refusals import GridUnreadable
from apps.kernel.numbers import whole_number


class Weekday(models.TextChoices):
    MON = "mon", pgettext_lazy("weekday", "Mon")
    TUE = "tue", pgettext_lazy("weekday", "Tue")
    WED = "wed", pgettext_lazy("weekday", "Wed")
    THU = "thu", pgettext_lazy("weekday", "Thu")
    FRI = "fri", pgettext_lazy("weekday", "Fri")
    SAT = "sat", pgettext_lazy("weekday", "Sat")
    SUN = "sun", pgettext_lazy("weekday", "Sun")


class Band(models.TextChoices):
    """A time of the day, as offices speak of it."""

    MORNING = "morning", pgettext_lazy("time of day", "Morning")
    AFTERNOON = "afternoon", pgettext_lazy("time of day", "Afternoon")
    AFTER_SCHOOL = "after_school", pgettext_lazy("time of day", "After school")
    EVENING = "evening", pgettext_lazy("time of day", "From the evening")


class Age(models.TextChoices):
    """Whom a place is for."""

    PRESCHOOL = "preschool", _("Before school")
    PRIMARY = "primary", _("Primary school")
    SECONDARY = "secondary", _("Secondary school")
    ADULT = "adult", _("Adults")


class Mark(models.TextChoices):
    FREE = "free", _("Places free")
    ASK = "ask", _("Talk to us")
    FULL = "full", _("Full")


SIGNS: Mapping[object, str] = MappingProxyType({"free": "○", "ask": "△", "full": "×"})
MOST_PLACES = 99

# Django makes such lists anew each time they are asked for; a board asks ten thousand times.
WEEKDAYS, BANDS, AGES = tuple(Weekday.values), tuple(Band.values), tuple(Age.values)
MARKS = frozenset(Mark.values)
WORTH: Mapping[object, int] = MappingProxyType({None: -1, "full": 0, "ask": 1, "free": 2})

# What one cell says.
Said = str | int


def key(weekday: str, band: str, age: str) -> str:
    """The name of a cell."""
    return f"{weekday}.{band}.{age}"


# Every cell there is, in the order in which a grid is read: day by day.
KEYS: tuple[str, ...] = tuple(key(*cell) for cell in product(WEEKDAYS, BANDS, AGES))
PLACE_OF_KEY = {name: place for place, name in enumerate(KEYS)}


def keys_of(weekdays: Iterable[str] = (), bands: Iterable[str] = (), ages: Iterable[str] = ()) -> Iterator[str]:
    """The cells where these meet; where nothing is named, all of that kind."""
    wanted = product(list(weekdays) or WEEKDAYS, list(bands) or BANDS, list(ages) or AGES)
    return (key(*cell) for cell in wanted)


def is_open(said: Said | None) -> bool:
    """Whether it is worth calling: a free place, one place or more, or "talk to us"."""
    return said == "ask" or is_free(said)


def is_free(said: Said | None) -> bool:
    return said == "free" or (isinstance(said, int) and said >= 1)


def sign_of(said: Said | None) -> str:
    """○, △, ×, the number of places, or nothing."""
    return "" if said is None else SIGNS.get(said, str(said))


def words_of(said: Said | None) -> str:
    """The same for somebody who hears it."""
    if said is None:
        return gettext("Nothing said")
    if isinstance(said, int):
        return ngettext("%(number)s place", "%(number)s places", said) % {"number": said}
    return str(Mark(said).label)


@dataclass(frozen=True)
class Grid:
    """The marked cells, in the order of the week."""

    cells: Mapping[str, Said] = field(default_factory=dict)

    def as_json(self) -> dict[str, Said]:
        """What is kept, and what `read` reads."""
        return dict(self.cells)

    def said(self, name: str) -> Said | None:
        return self.cells.get(name)

    def mark(self, name: str) -> str:
        """The sign of a cell, empty where nothing is said."""
        return sign_of(self.cells.get(name))

    @cached_property
    def open_cells(self) -> frozenset[str]:
        """The cells about which it is worth calling."""
        return frozenset(name for name, said in self.cells.items() if is_open(said))

    def best(self, names: Iterable[str]) -> Said | None:
        """The best that any of these cells says: places before "talk to us" before full before nothing."""
        return max((self.cells.get(name) for name in names), key=worth, default=None)

    def ages(self) -> list[str]:
        """Of whom anything is said."""
        told = {name.rpartition(".")[2] for name in self.cells}
        return [age for age in AGES if age in told]


def worth(said: Said | None) -> int:
    """How good an answer is, for comparing: a number of places counts as itself, ○ as one place."""
    if isinstance(said, int):
        return said and said + 1
    return WORTH[said]


EMPTY = Grid()


def read(value: object) -> Grid:
    """The grid that was kept or sent as JSON. Refuses cells that there are not, and anything that is no mark."""
    if not isinstance(value, Mapping):
        raise GridUnreadable
    cells: Mapping[Any, Any] = value
    if any(name not in PLACE_OF_KEY or not is_said(said) for name, said in cells.items()):
        raise GridUnreadable
    return Grid({name: cells[name] for name in sorted(cells, key=PLACE_OF_KEY.__getitem__)})


def is_said(value: object) -> bool:
    # To Python, true is a whole number.
    if isinstance(value, int) and not isinstance(value, bool):
        return 0 <= value <= MOST_PLACES
    return isinstance(value, str) and value in MARKS


def posted(data: Mapping[str, Any], name: str, last: Grid | None = None) -> Grid:
    """The grid from a form with the table `facilities/_grid.html` called `name`.

    Each cell is a field `<name>.<weekday>.<band>.<age>`: empty, a mark, or digits. Where the button `<name>.same` was
    pressed it is `last`, what was answered the last time, whatever the fields say. Fields that are not sent say nothing.
    """
    if f"{name}.same" in data and last is not None:
        return last
    told = {cell: str(data[f"{name}.{cell}"]).strip() for cell in KEYS if f"{name}.{cell}" in data}
    return read({cell: typed(text) for cell, text in told.items() if text})


def typed(text: str) -> Said:
    number = whole_number(text)
    return text if number is None else number
