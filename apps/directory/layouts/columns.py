"""Columns by their header names, wherever they stand, and the warnings a reading collects."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from apps.directory.models import ImportFinding
from apps.directory.reading import Row
from apps.directory.refusals import ColumnsMissing


@dataclass(frozen=True)
class Trouble:
    """A warning before it is written down."""

    line: int
    code: str
    column: str = ""
    value: str = ""


class Columns:
    """Where the columns of a layout stand in one file.

    `shown` are the columns the directory keeps: one of them missing refuses the file, because an import would empty
    what it held. `passed_over` are known and not needed; any other column is reported.
    """

    def __init__(self, header: list[str], *, layout: str, shown: frozenset[str], passed_over: frozenset[str]) -> None:
        self.header = header
        self._places = {header_key(name): place for place, name in reversed(list(enumerate(header)))}
        missing = [name for name in sorted(shown) if header_key(name) not in self._places]
        if missing:
            raise ColumnsMissing(layout=layout, columns=", ".join(missing))
        known = {header_key(name) for name in shown | passed_over}
        self.unknown = [name for name in header if header_key(name) not in known]

    def place(self, name: str) -> int | None:
        return self._places.get(header_key(name))

    def needed(self, name: str) -> int:
        """Where a shown column stands; it was refused long before if it does not."""
        return self._places[header_key(name)]

    def troubles(self) -> Iterator[Trouble]:
        for name in self.unknown:
            yield Trouble(1, ImportFinding.Code.UNKNOWN_COLUMN, name)

    def fits(self, row: Row) -> bool:
        return len(row.fields) == len(self.header)


def header_key(name: str) -> str:
    """Publishers vary the width and spaces of their headers between editions."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def likeness(header: list[str], columns: frozenset[str]) -> float:
    """Which part of the header's columns belongs to the layout, from 0 to 1."""
    known = {header_key(name) for name in columns}
    return sum(header_key(name) in known for name in header) / max(len(header), 1)
