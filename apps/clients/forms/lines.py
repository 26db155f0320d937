"""One row of a list of clients: its cells, what they mean, and what is wrong with them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from apps.clients import wareki
from apps.clients.access import Numbered
from apps.clients.actions import Granted
from apps.clients.actions.certificates import wrong_with_granted
from apps.clients.actions.imports import NewClient
from apps.clients.ages import is_child
from apps.clients.forms.listed import COLUMNS, FIELDS
from apps.clients.models import CareLevel, Certificate, Need
from apps.clients.refusals import Dubious
from apps.directory.numbers import insurer_number_checks
from apps.environments.columns import Column

# The columns that hold the number of a certificate, and those that say who it is.
NUMBERS = {"insured_number": Certificate.INSURED, "recipient_number": Certificate.RECIPIENT}
OF_THE_PERSON = {"name", "kana", "born_on", "area", "school_district", "needs"}


@dataclass
class Line:
    """One row of the list: what stands in it, what it means, and what is to be said about it."""

    number: int
    cells: dict[str, str]
    meant: dict[str, Any] = field(default_factory=dict)
    troubles: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    is_there: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def shown(self) -> Iterator[tuple[Column, str, list[str]]]:
        """Every column that is read with its cell, as it was understood where it was, and what is wrong with it."""
        for column in COLUMNS:
            if column.key in self.cells:
                yield column, self.said(column.key), self.troubles.get(column.key, [])

    def said(self, key: str) -> str:
        """A cell in words; a number that was understood is masked, as everywhere."""
        meant = self.meant.get(key, self.cells.get(key, ""))
        if key in NUMBERS and meant and key in self.meant:
            return f"•••••••{meant[-3:]}"
        elif key == "care_level" and meant in CareLevel.values:
            return str(CareLevel(meant).label)
        elif isinstance(meant, date):
            return wareki.written(meant)
        elif isinstance(meant, tuple):
            return "・".join(str(Need(one).label) for one in meant)
        else:
            return "" if meant is None else str(meant)

    @property
    def numbers(self) -> dict[str, Numbered]:
        """The numbers of the row's certificates, by their column."""
        insurer = self.meant.get("insurer_number", "")
        return {
            key: Numbered(certificate, self.meant[key], insurer if certificate == Certificate.INSURED else "")
            for key, certificate in NUMBERS.items()
            if self.meant.get(key)
        }

    @property
    def granted(self) -> Granted | None:
        """The certified period of the row; None where it tells of none."""
        first_day, days = self.meant.get("first_day"), self.meant.get("granted_days")
        if first_day is None:
            return None
        return Granted(
            certificate=Certificate.INSURED if days is None else Certificate.RECIPIENT,
            first_day=first_day,
            last_day=self.meant.get("last_day"),
            care_level=self.meant.get("care_level") or "",
            granted_days=days,
        )

    @property
    def person(self) -> NewClient:
        facts = {key: value for key, value in self.meant.items() if key in OF_THE_PERSON}
        return NewClient(**facts, numbers=tuple(self.numbers.values()), granted=self.granted)


def read(line: Line) -> None:
    for key, text in line.cells.items():
        try:
            line.meant[key] = FIELDS[key].clean(text)
        except ValidationError as error:
            line.troubles[key] += error.messages
    if not line.troubles:
        compare_cells(line)


def compare_cells(line: Line) -> None:
    """What the cells of a row say together: one certificate and its whole period, and needs of a child only."""
    level, days = line.meant.get("care_level"), line.meant.get("granted_days")
    first, last = line.meant.get("first_day"), line.meant.get("last_day")
    if level and days:
        line.troubles["granted_days"].append(
            gettext("A care level and granted days belong to two certificates. Write one of them in this list.")
        )
    elif (level or days or last) and not first:
        line.troubles["first_day" if "first_day" in line.cells else "name"].append(
            gettext("The first day of the certification is missing.")
        )
    elif first and not (level or days):
        line.troubles["first_day"].append(
            gettext("The period has neither a care level nor granted days. Write one of them, or leave the days out.")
        )
    elif line.granted is not None and (wrong := wrong_with_granted(line.granted)) is not None:
        line.troubles["last_day" if "last_day" in line.cells else "first_day"].append(str(wrong.sentence))
    if line.meant.get("needs") and not is_child(line.meant["born_on"], timezone.localdate()):
        line.troubles["needs"].append(gettext("Needs are written down of children only."))
    insurer = line.meant.get("insurer_number")
    if insurer and not insurer_number_checks(insurer):
        line.warnings.append(str(Dubious.sentence))
