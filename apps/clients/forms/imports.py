"""A list of clients somebody uploads: which column is what, and every row checked before anybody is registered."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from apps.clients import wareki
from apps.clients.actions.imports import NewClient, Source
from apps.clients.forms.clients import ClientForm
from apps.clients.forms.records import RecordForm
from apps.clients.queries.imports import KnownPeople, last_places
from apps.environments.columns import Column, places_in
from apps.environments.models import Member
from apps.environments.refusals import SheetHoldsIndividualNumbers
from apps.environments.sheets import Row, rows_of
from apps.kernel.folding import fold_name
from apps.kernel.my_number import holds_individual_number

# What one file may hold: a division's clients in a few files, and a page that still opens at once.
MOST_CLIENTS = 3000
# How many rows of a kind the preview shows.
MOST_SHOWN = 100

COLUMNS = [
    Column("name", _("Name"), "氏名", ("名前", "利用者名", "利用者氏名", "対象者氏名", "児童氏名", "被保険者氏名", "name")),
    Column("kana", _("Reading"), "フリガナ", ("ふりがな", "カナ", "かな", "よみ", "氏名カナ", "氏名フリガナ", "カナ氏名", "kana")),
    Column("born_on", _("Date of birth"), "生年月日", ("誕生日", "birth date", "date of birth")),
    Column("area", _("Area"), "地区", ("地域", "地区名", "町名", "行政区", "area"), is_required=False),
    Column("school_district", _("School district"), "学校区", ("校区", "小学校区", "学区", "通学区"), is_required=False),
]  # fmt: skip
# The fields by which a client is registered and edited one by one: the same sentences for the same troubles.
FIELDS: dict[str, Any] = {**ClientForm.base_fields, "school_district": RecordForm.base_fields["school_district"]}


def rows_in(content: bytes) -> list[Row]:
    """The header and the rows of a file. One that holds an individual number anywhere is refused as a whole (L6)."""
    rows = rows_of(content, most=MOST_CLIENTS)
    guilty = [str(number) for number, row in enumerate(rows, start=1) if any(map(holds_individual_number, row))]
    if guilty:
        raise SheetHoldsIndividualNumbers(rows=", ".join(guilty[:10]))
    return rows


class ColumnsForm(forms.Form):
    """From which column of the list each field is read; first as the headings say, or as this header was read last."""

    def __init__(self, data: Any = None, *, header: Row) -> None:
        self.header = header
        super().__init__(self.guessed() if data is None else data)
        listed = [(str(place), f"{get_column_letter(place + 1)}  {text}") for place, text in enumerate(header) if text]
        for column in COLUMNS:
            self.fields[column.key] = forms.ChoiceField(
                label=str(column.name),
                choices=[("", _("Not in the list")), *listed],
                required=column.is_required,
                error_messages={
                    "required": _("Please choose the column in which this stands."),
                    "invalid_choice": _("Please choose from the list."),
                },
            )

    def guessed(self) -> dict[str, str]:
        return {key: str(place) for key, place in (last_places(self.key) or places_in(self.header, COLUMNS)).items()}

    def clean(self) -> dict[str, Any]:
        """No column is two things at once."""
        cleaned: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for key, place in list(cleaned.items()):
            if place and taken.setdefault(place, key) != key:
                self.add_error(key, _("This column is used already. Please choose another one."))
        return cleaned

    @property
    def key(self) -> str:
        """What lists with this header are known by."""
        return digest_of("header", [fold_name(text) for text in self.header])

    @property
    def places(self) -> dict[str, int]:
        return {key: int(place) for key, place in self.cleaned_data.items() if place}

    @property
    def unread(self) -> list[str]:
        """The headings of the columns that nothing is read from."""
        read = set(self.places.values())
        return [text for place, text in enumerate(self.header) if text and place not in read]


def digest_of(what: str, texts: Any) -> str:
    """SHA-256 keyed with the server's secret: it recognises the same texts and tells nothing of them."""
    return salted_hmac(f"clients.import.{what}", json.dumps(texts), algorithm="sha256").hexdigest()


@dataclass
class Line:
    """One row of the list: what stands in it, what it means, and what is to be said about it."""

    number: int
    cells: dict[str, str]
    meant: dict[str, Any] = field(default_factory=dict)
    troubles: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    is_there: bool = False
    warning: str = ""

    @property
    def shown(self) -> Iterator[tuple[Column, str, list[str]]]:
        """Every column with its cell, as it was understood where it was, and what is wrong with it."""
        for column in COLUMNS:
            meant = self.meant.get(column.key, self.cells.get(column.key, ""))
            text = wareki.written(meant) if isinstance(meant, date) else str(meant)
            yield column, text, self.troubles.get(column.key, [])

    @property
    def person(self) -> NewClient:
        return NewClient(**self.meant)


@dataclass(frozen=True)
class CheckedList:
    """The list as it was read: who would be registered, who is there already, and what keeps it from being imported."""

    lines: list[Line]
    source: Source
    # Clients whose existence the page tells of, for the ledger.
    met: list[UUID]

    @property
    def bad(self) -> list[Line]:
        return [line for line in self.lines if line.troubles]

    @property
    def there(self) -> list[Line]:
        return [line for line in self.lines if line.is_there and not line.troubles]

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if not line.troubles and not line.is_there]

    @property
    def warned(self) -> list[Line]:
        return [line for line in self.new if line.warning]

    @property
    def first(self) -> list[Line]:
        """What the preview shows: rows with troubles, then with warnings, then known ones, then the beginning of the rest."""
        quiet = [line for line in self.new if not line.warning]
        return [*self.bad[:MOST_SHOWN], *self.warned[:MOST_SHOWN], *self.there[:MOST_SHOWN], *quiet[:20]]

    @property
    def left_out(self) -> int:
        return len(self.lines) - len(self.first)

    @property
    def people(self) -> list[NewClient]:
        return [line.person for line in self.new]


def checked(rows: list[Row], columns: ColumnsForm, *, member: Member) -> CheckedList:
    """Every filled row below the header, read and compared with the others and with the clients this member sees."""
    lines = [
        Line(number, {key: row[place] if place < len(row) else "" for key, place in columns.places.items()})
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]
    for line in lines:
        read(line)
    blame_repeated(lines)
    met = compare(lines, member)
    already_there = sum(line.is_there for line in lines)
    return CheckedList(lines, Source(digest_of("rows", rows), columns.key, columns.places, already_there), met)


def read(line: Line) -> None:
    for key, text in line.cells.items():
        try:
            line.meant[key] = FIELDS[key].clean(text)
        except ValidationError as error:
            line.troubles[key] += error.messages


def blame_repeated(lines: list[Line]) -> None:
    """Somebody who stands twice in the list is blamed where they stand again."""
    first: dict[Any, int] = {}
    for line in lines:
        if not line.troubles:
            person = line.person
            who = (fold_name(person.name), fold_name(person.kana), person.born_on)
            if first.setdefault(who, line.number) != line.number:
                line.troubles["name"].append(
                    gettext("This person stands in row %(row)s already.") % {"row": first[who]}
                )


SAME_BIRTHDAY: Promise = _("Somebody with this name or reading and this date of birth is registered. Please make sure.")


def compare(lines: list[Line], member: Member) -> list[UUID]:
    """Mark who is registered already and who could be taken for somebody else; returns whom this tells of."""
    readable = [line for line in lines if not line.troubles]
    known, met = KnownPeople(member, {line.meant["born_on"] for line in readable}), []
    for line in readable:
        who = (line.meant["name"], line.meant["kana"], line.meant["born_on"])
        same, alike = known.same(*who), known.alike(*who)
        line.is_there = bool(same)
        line.warning = str(SAME_BIRTHDAY) if alike and not same else ""
        met += alike
    return list(dict.fromkeys(met))
