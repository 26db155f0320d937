"""Postal codes: 日本郵便 KEN_ALL, fifteen columns without a header, CP932, readings in half-width kana.

A long town in brackets runs over several lines, each repeating the other columns.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from apps.directory.models import ImportFinding
from apps.directory.numbers import lg_code_of
from apps.directory.reading import Row

from .columns import Trouble
from .places import MunicipalityFinder

Code = ImportFinding.Code
WIDTH = 15
THE_REST = "以下に掲載がない場合"
BRACKETS = re.compile(r"[（(].*$")


class StagedPostalArea(NamedTuple):
    line: int
    postal_code: str
    municipality_id: str
    town: str
    kana: str
    town_name: str
    reading: str


def looks_postal(fields: list[str]) -> bool:
    return (
        len(fields) == WIDTH
        and re.fullmatch(r"[0-9]{5}", fields[0]) is not None
        and re.fullmatch(r"[0-9]{7}", fields[2]) is not None
    )


class PostalLayout:
    def __init__(self, places: MunicipalityFinder) -> None:
        self.places = places
        self.prefectures_seen: set[str] = set()

    def staged(self, row: Row) -> tuple[StagedPostalArea | None, list[Trouble]]:
        if not looks_postal(row.fields):
            return None, [Trouble(row.line, Code.BAD_ROW, value=str(len(row.fields)))]
        code = self.places.by_code(lg_code_of(row.fields[0]))
        if code is None:
            return None, [Trouble(row.line, Code.MUNICIPALITY, value=row.fields[0])]
        self.prefectures_seen.add(code[:2])
        postal_code, kana, town = row.fields[2], row.fields[5], row.fields[8]
        return StagedPostalArea(row.line, postal_code, code, town, kana, town_name(town), reading(kana, town)), []


def joined(rows: Iterator[Row]) -> Iterator[Row]:
    """The records with their continuation lines put back: a bracket that opens closes on a later line.

    The reading is joined where it continues, and kept once where each line repeats it.
    """
    held: Row | None = None
    for row in rows:
        if held is None:
            held = row
        elif continues(held, row):
            held = continued(held, row)
            continue
        else:
            yield held
            held = row
    if held is not None:
        yield held


def continues(held: Row, row: Row) -> bool:
    same = len(row.fields) == len(held.fields) == WIDTH and row.fields[:3] == held.fields[:3]
    return same and held.fields[8].count("（") > held.fields[8].count("）")


def continued(held: Row, row: Row) -> Row:
    fields = list(held.fields)
    fields[8] += row.fields[8]
    if fields[5].count("(") > fields[5].count(")"):
        fields[5] += row.fields[5]
    return Row(held.line, fields)


def town_name(town: str) -> str:
    return "" if town == THE_REST else BRACKETS.sub("", town)


def reading(kana: str, town: str) -> str:
    """The kana in full width, without what stands in brackets: ｱｵﾔﾏ(ｵｸ) → アオヤマ."""
    return "" if town == THE_REST else BRACKETS.sub("", unicodedata.normalize("NFKC", kana))
