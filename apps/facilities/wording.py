"""How free places are told: as tables, in words, and with their age."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from apps.facilities import grid
from apps.facilities.grid import Age, Band, Grid, Said, Weekday
from apps.facilities.models import AvailabilityAnswer


@dataclass(frozen=True)
class Cell:
    """A sign, and the same for somebody who hears it. `state` is free, ask, full or nothing."""

    key: str
    said: Said | None

    @property
    def name(self) -> str:
        """The time and the age, in words."""
        weekday, band, age = self.key.split(".")
        return f"{Weekday(weekday).label} {Band(band).label} {Age(age).label}"

    @property
    def sign(self) -> str:
        return grid.sign_of(self.said)

    @property
    def words(self) -> str:
        return grid.words_of(self.said)

    @property
    def state(self) -> str:
        if grid.is_free(self.said):
            return "free"
        return "ask" if grid.is_open(self.said) else "full" if self.said is not None else ""

    @property
    def value(self) -> str:
        """As a form posts it."""
        return "" if self.said is None else str(self.said)


@dataclass(frozen=True)
class Line:
    """A time of the day through the week, or a day through its times."""

    key: str
    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """The grid of one age group."""

    age: str
    name: str
    heads: list[str]
    lines: list[Line]


def tables_of(said: Grid, ages: Iterable[str] = (), bands: Iterable[str] = ()) -> list[Table]:
    """What is to be read: a table for each age of which anything is said, the week from left to right, times downward."""
    shown = [age for age in said.ages() if not ages or age in ages]
    return [
        Table(age, str(Age(age).label), heads(grid.WEEKDAYS, Weekday), lines_said(said, age, tuple(bands)))
        for age in shown
    ]


def lines_said(said: Grid, age: str, bands: tuple[str, ...]) -> list[Line]:
    """Those times of which anything is said."""
    lines = [
        Line(band, str(Band(band).label), [cell(said, day, band, age) for day in grid.WEEKDAYS])
        for band in grid.BANDS
        if not bands or band in bands
    ]
    return [line for line in lines if any(one.sign for one in line.cells)]


def tables_to_fill(said: Grid, *, weekdays: Iterable[str], bands: Iterable[str], ages: Iterable[str]) -> list[Table]:
    """What is to be filled in: a table for each age, its days downward, so that four columns fit a phone."""
    days, times = list(weekdays), list(bands)
    return [
        Table(
            age,
            str(Age(age).label),
            heads(times, Band),
            [Line(day, str(Weekday(day).label), [cell(said, day, band, age) for band in times]) for day in days],
        )
        for age in ages
    ]


def heads(values: Iterable[str], words: type[Weekday] | type[Band]) -> list[str]:
    return [str(words(value).label) for value in values]


def cell(said: Grid, weekday: str, band: str, age: str) -> Cell:
    name = grid.key(weekday, band, age)
    return Cell(name, said.said(name))


def days_said(free: Iterable[str], ask: Iterable[str]) -> str:
    """On which days there are places."""
    told = []
    for days, sentence in ((free, gettext("Places on %(days)s")), (ask, gettext("Talk to us about %(days)s"))):
        named = "・".join(heads(days, Weekday))
        if named:
            told.append(sentence % {"days": named})
    return " / ".join(told)


def confirmed(answer: AvailabilityAnswer) -> str:
    """The age of an answer: "confirmed 3 days ago", in days of the calendar."""
    days = (timezone.localdate() - timezone.localdate(answer.confirmed_at)).days
    if days <= 0:
        return gettext("Confirmed today")
    return ngettext("Confirmed %(days)s day ago", "Confirmed %(days)s days ago", days) % {"days": days}
