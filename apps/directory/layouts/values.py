"""Single values of the official lists: taken where they make sense, kept and reported where they do not."""

import json
import re
import unicodedata
from collections.abc import Mapping

from apps.directory.models import ImportFinding
from apps.directory.numbers import corporate_number_checks, dialled, office_number_checks, office_number_has_form, plain

from .columns import Trouble

Code = ImportFinding.Code
CAPACITY = re.compile(r"(\d{1,5})(?:名|人)?")
WRITTEN_LINE_BREAKS = ("（改行）", "(改行)")
LATITUDES = (20.0, 46.0)
LONGITUDES = (122.0, 154.0)
DAYS = {"平日", "土曜日", "日曜日", "祝日"}


class RowReading:
    """One row while it is read: its values by column name, what is odd about them, and what did not fit."""

    def __init__(self, line: int, values: Mapping[str, str]) -> None:
        self.line = line
        self.values = values
        self.troubles: list[Trouble] = []
        self.as_written: dict[str, str] = {}

    def warn(self, code: str, column: str = "", value: str = "") -> None:
        self.troubles.append(Trouble(self.line, code, column, value[:200]))

    def does_not_fit(self, code: str, column: str) -> None:
        """Keep the published value beside the row, because its own field cannot hold it."""
        self.as_written[column] = self.values[column]
        self.warn(code, column, self.values[column])

    def text(self, column: str) -> str:
        """The published characters, byte for byte."""
        value = self.values[column]
        if "改行" in value and any(mark in value for mark in WRITTEN_LINE_BREAKS):
            self.warn(Code.LINE_BREAK, column, value)
        if value.endswith("・"):
            self.warn(Code.TRAILING_MARK, column, value)
        return value

    def address(self, column: str) -> str:
        value = self.text(column)
        if "特記事項" in value:
            self.warn(Code.REMARK_IN_ADDRESS, column, value)
        return value

    def office_number(self, column: str) -> str:
        """The number in half width. Its form and check digit only ever warn."""
        number = plain(self.values[column])
        if number != self.values[column]:
            self.as_written[column] = self.values[column]
        if not office_number_has_form(number):
            self.warn(Code.NUMBER_FORM, column, number)
        elif not office_number_checks(number):
            self.warn(Code.CHECK_DIGIT, column, number)
        return number

    def corporate_number(self, column: str) -> str:
        number = plain(self.values[column])
        if not number or corporate_number_checks(number):
            return number
        self.does_not_fit(Code.CORPORATE_NUMBER, column)
        return ""

    def capacity(self, column: str) -> int | None:
        """The capacity; None for an empty field and for 0, which the lists write for "not stated"."""
        value = unicodedata.normalize("NFKC", self.values[column]).strip()
        if not value:
            return None
        number = CAPACITY.fullmatch(value)
        if number is None:
            self.does_not_fit(Code.CAPACITY, column)
            return None
        return int(number[1]) or None

    def location(self, latitude: str, longitude: str) -> tuple[float, float] | tuple[None, None]:
        """Both coordinates, or neither: empty and 0.0 are "no location"."""
        north, east = number_of(self.values[latitude]), number_of(self.values[longitude])
        if not north and not east and north is not None and east is not None:
            return None, None
        if north is None or east is None or not within(north, LATITUDES) or not within(east, LONGITUDES):
            self.does_not_fit(Code.COORDINATES, latitude)
            self.as_written[longitude] = self.values[longitude]
            return None, None
        return north, east

    def phone(self, column: str) -> str:
        value = self.text(column)
        if value.strip() and not dialled(value):
            self.warn(Code.PHONE, column, value)
        return value

    def weekdays(self, column: str) -> str:
        value = self.text(column)
        if value and not DAYS.issuperset(value.split(",")):
            self.warn(Code.WEEKDAYS, column, value)
        return value

    @property
    def as_written_json(self) -> str:
        return as_json(self.as_written)


def as_json(value: Mapping[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else "{}"


def number_of(text: str) -> float | None:
    """The number; 0 for an empty field, None for anything that is not a finite number."""
    try:
        number = float(text) if text.strip() else 0.0
    except ValueError:
        return None
    return number if number - number == 0 else None


def within(number: float, span: tuple[float, float]) -> bool:
    return span[0] <= number <= span[1]
