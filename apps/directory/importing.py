"""From a file to an import: which layout its header tells, and what that layout stages and merges."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from .kinds import KindFinder
from .layouts import holidays, kaigo, municipalities, postal, shogai
from .layouts.columns import Columns, Trouble, likeness
from .layouts.offices import OfficeLayout, kind_named
from .layouts.places import MunicipalityFinder
from .loading import offices, places
from .loading.staging import Merged
from .models import ImportRun, ServiceKind
from .reading import Row, SourceFile
from .refusals import LayoutUnknown

# jigyosho_430.csv, jigyosho_430_all_20251231120000.csv, csvdownload063.csv: the official, national files.
OFFICIAL_NAME = re.compile(
    r"(?:wam_)?(?:jigyosho_(?P<kaigo>[0-9A-Z]{3})(?:_all_(?P<edition>\d{8})\d*)?|csvdownload(?P<shogai>\d{3}))\.csv",
    re.IGNORECASE,
)
# A header belongs to a layout when more than half of it does.
ALIKE = 0.5

Staged = Iterable[tuple[tuple[Any, ...] | None, list[Trouble]]]
Layout = ImportRun.Layout


@dataclass
class Import:
    """One recognised file: how to stage it, how to merge it, and what it told about itself."""

    layout: Layout
    columns: str
    staged: Callable[[Iterator[Row]], Staged]
    merge: Callable[[Any, bool, date], Merged]
    kinds: Callable[[], list[str]] = list
    troubles: Iterable[Trouble] = ()
    edition_on: date | None = None


def recognised(source: SourceFile, *, kind: str | None) -> Import:
    """The import this file asks for, told by its first line; refused when it is none of the layouts."""
    if postal.looks_postal(source.first):
        return postal_import()
    shown = {
        Layout.KAIGO: (kaigo.SHOWN, kaigo.PASSED_OVER),
        Layout.SHOGAI: (shogai.SHOWN, shogai.PASSED_OVER),
        Layout.HOLIDAYS: (holidays.SHOWN, holidays.PASSED_OVER),
        Layout.MUNICIPALITIES: (municipalities.SHOWN, municipalities.PASSED_OVER),
    }
    layout = max(shown, key=lambda layout: likeness(source.first, shown[layout][0] | shown[layout][1]))
    needed, passed_over = shown[layout]
    if likeness(source.first, needed | passed_over) <= ALIKE:
        raise LayoutUnknown
    columns = Columns(source.first, layout=str(layout.label), shown=needed, passed_over=passed_over)
    match layout:
        case Layout.HOLIDAYS:
            return holiday_import(columns)
        case Layout.MUNICIPALITIES:
            return municipality_import(columns)
        case _:
            return office_import(columns, path=source.path, layout=layout, kind=kind)


def office_import(columns: Columns, *, path: Path, layout: Layout, kind: str | None) -> Import:
    layout_class: type[OfficeLayout] = kaigo.KaigoLayout if layout == Layout.KAIGO else shogai.ShogaiLayout
    finder = KindFinder(layout_class.system)
    official = OFFICIAL_NAME.fullmatch(path.name)
    reader = layout_class(columns, finder, MunicipalityFinder(), kind_of_file(finder, layout, official, kind))

    def merge(cursor: Any, complete: bool, on: date) -> Merged:
        return offices.merge(
            cursor,
            system=layout_class.system,
            kind_ids=sorted(reader.kinds_seen),
            # The publisher's own file covers the nation, even where a prefecture no longer has a single office.
            prefectures=None if official else sorted(reader.prefectures_seen),
            complete=complete,
            on=on,
        )

    return Import(
        layout=layout,
        columns=offices.COLUMNS,
        staged=lambda rows: ((row and row.flat, found) for row, found in map(reader.staged, islice(rows, 1, None))),
        merge=merge,
        kinds=lambda: sorted(str(kind.opendata_code) for kind in reader.kinds_seen.values()),
        troubles=columns.troubles(),
        edition_on=edition_of(official),
    )


def kind_of_file(
    finder: KindFinder, layout: Layout, official: re.Match[str] | None, kind: str | None
) -> ServiceKind | None:
    """The kind a person named, else the one in the official file name; without either each row must tell its own."""
    if kind is not None:
        return kind_named(finder, kind)
    in_name = official[str(layout)] if official else None
    return kind_named(finder, in_name) if in_name else None


def edition_of(official: re.Match[str] | None) -> date | None:
    written = official["edition"] if official else None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:])) if written else None
    except ValueError:
        return None


def municipality_import(columns: Columns) -> Import:
    reader = municipalities.MunicipalityLayout(columns)
    return Import(
        layout=Layout.MUNICIPALITIES,
        columns=places.MUNICIPALITY_COLUMNS,
        staged=lambda rows: map(reader.staged, islice(rows, 1, None)),
        merge=lambda cursor, _complete, _on: places.merge_municipalities(cursor),
        troubles=columns.troubles(),
    )


def holiday_import(columns: Columns) -> Import:
    reader = holidays.HolidayLayout(columns)
    return Import(
        layout=Layout.HOLIDAYS,
        columns=places.HOLIDAY_COLUMNS,
        staged=lambda rows: map(reader.staged, islice(rows, 1, None)),
        merge=lambda cursor, complete, _on: places.merge_holidays(cursor, complete=complete),
        troubles=columns.troubles(),
    )


def postal_import() -> Import:
    reader = postal.PostalLayout(MunicipalityFinder())
    return Import(
        layout=Layout.POSTAL,
        columns=places.POSTAL_COLUMNS,
        staged=lambda rows: map(reader.staged, postal.joined(rows)),
        merge=lambda cursor, complete, _on: places.merge_postal_areas(
            cursor, prefectures=sorted(reader.prefectures_seen), complete=complete
        ),
    )
