"""A file somebody uploads, read as rows of text: CSV in UTF-8 or Shift_JIS, or Excel. Hostile files end in a refusal.

Nothing is believed of a file but its bytes: neither its name nor the type the browser states.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from apps.environments.refusals import (
    SheetEmpty,
    SheetEncodingUnknown,
    SheetLocked,
    SheetTooHeavy,
    SheetTooLong,
    SheetUnreadable,
)

MEGABYTE = 1024 * 1024
HEAVIEST = 5 * MEGABYTE
# What a workbook may unpack to: real lists stay far below, a bomb goes far beyond.
UNPACKED = 60 * MEGABYTE
MOST_PARTS = 500
MOST_ROWS = 1000
MOST_COLUMNS = 30
LONGEST_CELL = 500

EXCEL = b"PK\x03\x04"
# The container of old Excel files, and of new ones with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Python reads bytes that Shift_JIS does not know as these signs instead of refusing them.
NO_SHIFT_JIS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")

Row = list[str]


def rows_of(content: bytes, *, most: int = MOST_ROWS) -> list[Row]:
    """The header and the rows below it, as text, empty ones too so that numbers count as on the screen.

    SheetTooLong where more than `most` rows stand below the header.
    """
    check_weight(len(content))
    if content.startswith(OLE):
        raise SheetLocked
    rows = excel_rows(content) if content.startswith(EXCEL) else csv_rows(content)
    return limited(rows, most)


def check_weight(size: int) -> None:
    if size > HEAVIEST:
        raise SheetTooHeavy(limit=HEAVIEST // MEGABYTE)


def limited(rows: Iterable[Row], most: int) -> list[Row]:
    """All rows up to the last that holds anything; a file that never ends is not read to its end."""
    kept: list[Row] = []
    last = 0
    for number, row in enumerate(rows, start=1):
        kept.append(row)
        if any(row):
            last = number
            if number > most + 1:
                raise SheetTooLong(limit=most)
        elif number > last + most:
            break
    if last < 2:
        raise SheetEmpty
    return kept[:last]


# -- CSV


def csv_rows(content: bytes) -> Iterator[Row]:
    text = decoded(content)
    if "\x00" in text:
        raise SheetUnreadable
    header = text.split("\n", 1)[0]
    # Excel writes tabs into "text", and some offices send semicolons.
    delimiter = max(",\t;", key=header.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [cell.strip()[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        # A quotation mark that is never closed, a cell without end.
        raise SheetUnreadable from error


def decoded(content: bytes) -> str:
    """The text; where no encoding fits, the line up to which the better one did."""
    furthest, content = 0, content.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
        else:
            if encoding == "utf-8" or not NO_SHIFT_JIS.search(text):
                return text
    raise SheetEncodingUnknown(line=content.count(b"\n", 0, furthest) + 1)


# -- Excel


def excel_rows(content: bytes) -> Iterator[Row]:
    check_package(content)
    try:
        # Values as they were calculated and shown when the file was saved; nothing is ever calculated here.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # A file may claim any size: the rows themselves are counted.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield without_tail([written(cell) for cell in row])
    except (
        InvalidFileException,
        BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        SyntaxError,
        AttributeError,
    ) as error:
        # openpyxl meets broken packages with whatever went wrong first (ParseError is a SyntaxError).
        raise SheetUnreadable from error


def without_tail(row: Row) -> Row:
    """A row without the empty cells behind its last filled one."""
    filled = [place for place, cell in enumerate(row, start=1) if cell]
    return row[: filled[-1]] if filled else []


def check_package(content: bytes) -> None:
    """Refuse a package that unpacks to too much, has a password, or hides declarations that XML could expand."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise SheetLocked
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise SheetTooHeavy(limit=HEAVIEST // MEGABYTE)
            if "xl/workbook.xml" not in package.namelist():
                raise SheetUnreadable
            for part in parts:
                check_part(package, part)
    except (BadZipFile, NotImplementedError, EOFError, zipfile.LargeZipFile) as error:
        raise SheetUnreadable from error


def check_part(package: ZipFile, part: zipfile.ZipInfo) -> None:
    if part.filename.endswith((".xml", ".rels")):
        with package.open(part) as file:
            beginning = file.read(1024)
        # No spreadsheet program writes one; it is how an XML file asks to be expanded or to fetch another.
        if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
            raise SheetUnreadable


def written(cell: Any) -> str:
    """A cell as text: 12.0 is 12, a day is a day, an error of a formula is as it is shown."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()[:LONGEST_CELL]
