"""The columns of a list somebody uploads: known by their headings, and offered as an empty list to fill in."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.styles import Font

from apps.environments.sheets import Row
from apps.kernel.folding import fold_name


@dataclass(frozen=True)
class Column:
    """A column of the list: its heading in the file, and other headings people use."""

    key: str
    name: Promise
    heading: str
    also: tuple[str, ...] = ()
    is_required: bool = True


def places_in(header: Row, columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands, as far as its heading is known; of two alike the first counts."""
    found = {fold_name(heading): place for place, heading in reversed(list(enumerate(header)))}
    names = {column.key: [fold_name(word) for word in (column.heading, *column.also)] for column in columns}
    return {key: found[word] for key, words in names.items() for word in reversed(words) if word in found}


def csv_header(columns: Sequence[Column]) -> bytes:
    """The header alone, in UTF-8 with the mark by which Excel knows it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerow([column.heading for column in columns])
    return written.getvalue().encode("utf-8-sig")


def excel_header(columns: Sequence[Column], *, title: str, width: int = 22) -> bytes:
    """The header alone. Every column is text: numbers keep their zeros, and a date stays as it was typed."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(row=1, column=place, value=column.heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
        sheet.column_dimensions[cell.column_letter].number_format = "@"
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
