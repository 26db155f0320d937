"""A list of clients somebody uploads: which column is what, and every row checked before anybody is registered."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from apps.clients.actions.imports import NewClient, Source
from apps.clients.forms.lines import Line, read
from apps.clients.forms.listed import COLUMNS
from apps.clients.queries.imports import KnownPeople, last_places
from apps.clients.refusals import NumberTaken
from apps.environments.columns import Column, places_in
from apps.environments.models import Member
from apps.environments.refusals import SheetHoldsIndividualNumbers
from apps.environments.sheets import Row, rows_of
from apps.kernel.folding import fold_name
from apps.kernel.my_number import holds_individual_number
from apps.kernel.tables import in_utf8, written

# What one file may hold: a division's clients in a few files, and a page that still opens at once.
MOST_CLIENTS = 3000
# How many rows of a kind the preview shows.
MOST_SHOWN = 100


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
        return [line for line in self.new if line.warnings]

    @property
    def first(self) -> list[Line]:
        """What the preview shows: rows with troubles, then with warnings, then known ones, then the beginning of the rest."""
        quiet = [line for line in self.new if not line.warnings]
        return [*self.bad[:MOST_SHOWN], *self.warned[:MOST_SHOWN], *self.there[:MOST_SHOWN], *quiet[:20]]

    @property
    def columns(self) -> list[Column]:
        """Those that are read from this list."""
        return [column for column in COLUMNS if column.key in self.source.places]

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


def blame_repeated(lines: list[Line]) -> None:
    """Somebody who stands twice in the list is blamed where they stand again, and so is a number."""
    first: dict[Any, int] = {}
    numbered: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.troubles:
            continue
        who = (fold_name(line.meant["name"]), fold_name(line.meant["kana"]), line.meant["born_on"])
        if first.setdefault(who, line.number) != line.number:
            line.troubles["name"].append(gettext("This person stands in row %(row)s already.") % {"row": first[who]})
        for key, number in line.numbers.items():
            before = numbered.setdefault((number.certificate, number.number), line.number)
            if before != line.number:
                line.troubles[key].append(gettext("This number stands in row %(row)s already.") % {"row": before})


SAME_BIRTHDAY: Promise = _("Somebody with this name or reading and this date of birth is registered. Please make sure.")


def compare(lines: list[Line], member: Member) -> list[UUID]:
    """Mark who is registered already, by name and birthday or by number, and who could be taken for somebody else; returns
    whom this tells of."""
    readable = [line for line in lines if not line.troubles]
    numbers = {number for line in readable for number in line.numbers.values()}
    known, met = KnownPeople(member, {line.meant["born_on"] for line in readable}, numbers), []
    for line in readable:
        who = {key: line.meant[key] for key in ("name", "kana", "born_on")}
        same, alike = known.same(**who), known.alike(**who)
        for key, number in line.numbers.items():
            holders, is_taken = known.holders(number, **who)
            same += holders
            if is_taken:
                line.troubles[key].append(str(NumberTaken.sentence))
        line.is_there = bool(same)
        if alike and not same:
            line.warnings.append(str(SAME_BIRTHDAY))
        met += [*alike, *same]
    return list(dict.fromkeys(met))


def troubles_written(found: CheckedList) -> bytes:
    """What is to be corrected as a list for a spreadsheet: the row, the column and the sentence, and nobody's name."""
    rows: list[list[object]] = [[gettext("Row"), gettext("Column"), gettext("What is to be corrected")]]
    for line in found.bad:
        for column in COLUMNS:
            rows += [[line.number, column.name, text] for text in line.troubles.get(column.key, [])]
    return in_utf8(written(rows))
