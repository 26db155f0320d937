"""The empty list that admins fill in, as Excel and as CSV, with the words that its columns know."""

import io

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from apps.environments.columns import csv_header
from apps.environments.models import Organization, Profession, Role
from apps.environments.rosters import COLUMNS
from apps.environments.sheets import MOST_ROWS

WIDTHS = {"name": 20, "kana": 24, "organization": 36, "profession": 24, "role": 20, "login_id": 24}


def csv_template() -> bytes:
    return csv_header(COLUMNS)


def excel_template() -> bytes:
    """The header, with lists to choose organization, profession and role from."""
    book = Workbook()
    sheet, words = book.worksheets[0], book.create_sheet("選択肢")
    sheet.title = "名簿"
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row=1, column=place, value=column.heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = WIDTHS[column.key]
        # Text: a login id such as 001 keeps its zeros.
        sheet.column_dimensions[cell.column_letter].number_format = "@"
        offer(sheet, words, place, choices_of(column.key), heading=column.heading)
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def choices_of(key: str) -> list[str]:
    with override("ja"):
        known = {
            "organization": list(Organization.objects.order_by("kind", "kana", "name").values_list("name", flat=True)),
            "profession": [str(choice.label) for choice in Profession],
            "role": [str(choice.label) for choice in Role],
        }
    return known.get(key, [])


def offer(sheet: Worksheet, words: Worksheet, place: int, choices: list[str], *, heading: str) -> None:
    """Write the choices into a column of the second sheet and let the first one choose from them."""
    if not choices:
        return
    words.cell(row=1, column=place, value=heading).font = Font(bold=True)
    for row, choice in enumerate(choices, start=2):
        cell = words.cell(row=row, column=place)
        # As text whatever it begins with: a name like "=1+1" must not become a formula in somebody's Excel.
        cell.value, cell.data_type, cell.quotePrefix = choice, "s", True
    letter = get_column_letter(place)
    words.column_dimensions[letter].width = WIDTHS["organization"]
    listed = DataValidation(
        type="list", formula1=f"'選択肢'!${letter}$2:${letter}${len(choices) + 1}", allow_blank=True
    )
    listed.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(listed)
