"""Results as CSV and Excel."""

import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from apps.kernel.tables import harmless, in_cp932, in_utf8, unwritable_in, written
from apps.surveys.queries import Crossed, Finding, Results
from apps.surveys.results.columns import Cell, cells, heads
from apps.surveys.results.counting import Crossing

BOLD, WRAPPED = Font(bold=True), Alignment(vertical="top", wrap_text=True)
WIDTHS = {2: 32, 3: 24, 4: 18, 5: 16}
WIDTH = 20


def csv_utf8(results: Results) -> bytes:
    """Every office in one line."""
    return in_utf8(written(lines(results)))


def csv_cp932(results: Results) -> bytes:
    """For programs that read nothing else; `unwritable` says which characters it cannot hold."""
    return in_cp932(written(lines(results)))


def unwritable(results: Results) -> list[str]:
    return unwritable_in(written(lines(results)))


def lines(results: Results) -> list[list[Cell]]:
    columns = results.columns
    return [list(heads(columns)), *[cells(columns, office) for office in results.offices]]


def crossed_csv(crossed: Crossed) -> bytes:
    """A table of two or three ways of sorting, with its sums."""
    layered = [line for table in crossed.tables for line in [*crossing_lines(table), []]]
    return in_utf8(written([*layered, *crossing_lines(crossed.whole)]))


def crossing_lines(table: Crossing) -> list[list[Cell]]:
    corner = f"{table.rows.name} / {table.columns.name}"
    told: list[list[Cell]] = [[table.title]] if table.title else []
    told.append([corner, *table.columns.heads, _("Total")])
    told.extend([head, *numbers, total] for head, numbers, total in table.lines)
    told.append([_("Total"), *table.column_sums, table.total])
    return told


def excel(results: Results) -> bytes:
    """Two sheets: every office in one line, and every question counted. Numbers are numbers; no text is a formula."""
    book = Workbook(write_only=True)
    fill(book, _("Answers"), lines(results), frozen="C2")
    fill(book, _("Totals"), [line for one in results.findings for line in [*finding_lines(one), []]])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def finding_lines(finding: Finding) -> list[list[Cell]]:
    topic = finding.topic
    told: list[list[Cell]] = [[f"{topic.question.number}. {topic.text}"]]
    if topic.has_parts:
        told.append(["", *topic.dimensions[0].heads, _("Total")])
        told.extend([one.dimension.part, *[count.number for count in one.counts], one.total] for one in finding.tallies)
    else:
        told.extend([one.label, one.number, f"{one.share}%"] for tally in finding.tallies for one in tally.counts)
        told.extend([_("Total"), tally.total] for tally in finding.tallies)
    told.extend([name, text] for name, text in finding.texts)
    return told


def fill(book: Workbook, title: str, rows: Iterable[list[Cell]], frozen: str | None = None) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = frozen
    for place in range(1, 40):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(place, WIDTH)
    for number, row in enumerate(rows):
        sheet.append([excel_cell(sheet, value, is_head=number == 0) for value in row])


def excel_cell(sheet: WriteOnlyWorksheet, value: Cell, *, is_head: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=float(value) if isinstance(value, Decimal) else plain(value))
    cell.alignment = WRAPPED
    if is_head:
        cell.font = BOLD
    return cell


def plain(value: str | int) -> str | int:
    """No formula, and none of the control characters that a workbook cannot hold."""
    return value if isinstance(value, int) else harmless(ILLEGAL_CHARACTERS_RE.sub("", value))
