"""Free places as results sort and list them: a line for each age, time of the day and weekday that is asked about."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from apps.facilities.grid import SIGNS, Age, Band, Mark, Weekday, is_free, key, sign_of
from apps.surveys.results.given import Given
from apps.surveys.values import Asked

# The groups of a cell: a number of places counts as free, none as full.
GROUPS = (Mark.FREE, Mark.ASK, Mark.FULL)


def signs() -> list[str]:
    return [SIGNS[one] for one in GROUPS]


def cells_asked(asked: Asked) -> Iterator[tuple[str, str]]:
    """The name of each cell that is asked about, and its words."""
    known = asked.settings
    for age in known.get("ages", Age.values):
        for band in known.get("bands", Band.values):
            for day in known.get("weekdays", Weekday.values):
                yield key(day, band, age), f"{Age(age).label} {Band(band).label} {Weekday(day).label}"


def place_of(question: int, cell: str, reply: Given) -> int | None:
    """Free, "talk to us" or full; nothing where the office says nothing of it."""
    said = cell_of(question, cell, reply)
    if said is None:
        return None
    return 0 if is_free(said) else int(said == Mark.ASK) or 2


def cell_of(question: int, cell: str, reply: Given) -> Any:
    told = reply.answers.get(question) or {}
    return told.get("cells", {}).get(cell)


def care_of(question: int, reply: Given) -> int | None:
    """Whether medical care is possible: yes or no."""
    said = (reply.answers.get(question) or {}).get("medical_care")
    return None if said is None else int(not said)


def sign_in(question: int, cell: str, reply: Given) -> str | int:
    said = cell_of(question, cell, reply)
    return said if isinstance(said, int) else sign_of(said)


def beside(asked: Asked) -> list[tuple[str, Any]]:
    """What stands beside the grid: its words, and how it is read."""
    return [
        (_("From when"), partial(part, asked.number, "from")),
        (_("Medical care"), partial(care_said, asked.number)),
        (_("Times for visits"), partial(part, asked.number, "visit_times")),
        (_("Remarks"), partial(part, asked.number, "remarks")),
    ]


def part(question: int, name: str, reply: Given) -> str:
    return str((reply.answers.get(question) or {}).get(name) or "")


def care_said(question: int, reply: Given) -> str:
    place = care_of(question, reply)
    return "" if place is None else (_("Possible"), _("Not possible"))[place]
