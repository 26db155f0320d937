"""National holidays: 内閣府「国民の祝日について」, two columns, dates without leading zeros."""

import re
from datetime import date
from typing import NamedTuple

from apps.directory.models import ImportFinding
from apps.directory.reading import Row

from .columns import Columns, Trouble

DATE = "国民の祝日・休日月日"
NAME = "国民の祝日・休日名称"
SHOWN = frozenset({DATE, NAME})
PASSED_OVER: frozenset[str] = frozenset()
WRITTEN = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")


class StagedHoliday(NamedTuple):
    line: int
    date: date
    name: str


class HolidayLayout:
    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._date, self._name = columns.needed(DATE), columns.needed(NAME)

    def staged(self, row: Row) -> tuple[StagedHoliday | None, list[Trouble]]:
        if not self.columns.fits(row):
            return None, [Trouble(row.line, ImportFinding.Code.WRONG_LENGTH, value=str(len(row.fields)))]
        written, name = row.fields[self._date], row.fields[self._name]
        day = date_of(written)
        if day is None or not name.strip():
            return None, [Trouble(row.line, ImportFinding.Code.BAD_ROW, DATE, written[:200])]
        return StagedHoliday(row.line, day, name), []


def date_of(written: str) -> date | None:
    parts = WRITTEN.fullmatch(written.strip())
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3])) if parts else None
    except ValueError:
        return None
