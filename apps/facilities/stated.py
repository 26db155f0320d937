"""What an office says of its free places at one moment: the grid, and what belongs beside it. Pure, but for its words.

`read` takes, and `as_json` gives, the shape in which surveys keep an answer:
`{"cells": {…}, "from": "2027-04-01"|null, "districts": [id], "ages": [age], "medical_care": bool|null, "visit_times": str,
"remarks": str}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apps.facilities import grid
from apps.facilities.grid import Age, Grid
from apps.facilities.refusals import AvailabilityUnreadable, RemarksTooLong
from apps.kernel.my_number import check_no_individual_number

LONGEST_REMARKS = 500
LONGEST_TIMES = 200
MOST_DISTRICTS = 500


@dataclass(frozen=True)
class Stated:
    """The free places, from when on, for whom, and when one may come to look. `medical_care` is None where nothing is said."""

    grid: Grid = grid.EMPTY
    from_when: date | None = None
    districts: tuple[UUID, ...] = ()
    ages: tuple[str, ...] = ()
    medical_care: bool | None = None
    visit_times: str = ""
    remarks: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "cells": self.grid.as_json(),
            "from": self.from_when.isoformat() if self.from_when else None,
            "districts": [str(one) for one in self.districts],
            "ages": list(self.ages),
            "medical_care": self.medical_care,
            "visit_times": self.visit_times,
            "remarks": self.remarks,
        }


PARTS = {"cells", "from", "districts", "ages", "medical_care", "visit_times", "remarks"}


def read(value: object) -> Stated:
    """What was sent as JSON; a part that is left out says nothing. Refuses every other shape, and words that are too long."""
    if not isinstance(value, Mapping) or not PARTS.issuperset(value):
        raise AvailabilityUnreadable
    sent: Mapping[str, Any] = value
    medical_care = sent.get("medical_care")
    if not (medical_care is None or isinstance(medical_care, bool)):
        raise AvailabilityUnreadable
    return checked(
        Stated(
            grid=grid.read(sent.get("cells", {})),
            from_when=day(sent.get("from")),
            districts=districts(sent.get("districts", [])),
            ages=ages(sent.get("ages", [])),
            medical_care=medical_care,
            visit_times=words(sent.get("visit_times", "")),
            remarks=words(sent.get("remarks", "")),
        )
    )


def checked(stated: Stated) -> Stated:
    """Refuses words that are too long, and what looks like an individual number."""
    for text, longest in ((stated.visit_times, LONGEST_TIMES), (stated.remarks, LONGEST_REMARKS)):
        if len(text) > longest:
            raise RemarksTooLong(limit=longest)
    check_no_individual_number(stated.visit_times, stated.remarks)
    return stated


def day(value: object) -> date | None:
    if value in (None, ""):
        return None
    try:
        # "2027-04-01" alone: other forms of the standard are another system's.
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else unreadable()
    except ValueError:
        return unreadable()


def districts(value: object) -> tuple[UUID, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_DISTRICTS:
        return unreadable()
    try:
        return tuple(sorted({UUID(one) if isinstance(one, str) else unreadable() for one in value}))
    except ValueError:
        return unreadable()


def ages(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one in Age.values for one in value):
        return unreadable()
    return tuple(age for age in Age.values if age in value)


def words(value: object) -> str:
    if not isinstance(value, str):
        return unreadable()
    # A lone surrogate or a NUL cannot be stored.
    return value.replace("\x00", "").encode("utf-8", "ignore").decode().replace("\r\n", "\n").strip()


def unreadable() -> Any:
    raise AvailabilityUnreadable
