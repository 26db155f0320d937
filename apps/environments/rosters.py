"""A list of people, checked row by row before anybody is given an account."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.accounts.models import User
from apps.environments.actions.slips import NewAccount
from apps.environments.columns import Column, places_in
from apps.environments.forms import LoginIdField, NameField, ReadingField
from apps.environments.models import Environment, Organization, Profession, Role
from apps.environments.refusals import LoginIdTaken, SheetColumnsMissing
from apps.environments.sheets import Row
from apps.environments.suggestions import login_ids_suggested
from apps.kernel.folding import fold, fold_name

COLUMNS = [
    Column("name", _("Name"), "氏名", ("名前", "name")),
    Column("kana", _("Reading"), "ふりがな", ("フリガナ", "カナ", "かな", "よみ", "氏名カナ", "reading", "kana")),
    Column("organization", _("Organization"), "所属", ("所属事業所", "事業所", "事業所名", "organization")),
    Column("profession", _("Profession"), "職種", ("profession",), is_required=False),
    Column("role", _("Role"), "権限", ("役割", "role"), is_required=False),
    Column("login_id", _("Login ID"), "ログインID", ("ログインid", "ID", "login id"), is_required=False),
]
VOCABULARIES: dict[str, type[models.TextChoices]] = {"profession": Profession, "role": Role}
NAME, READING, LOGIN_ID = NameField(), ReadingField(), LoginIdField(required=False)


@dataclass
class Entry:
    """One row of the list: what stands in it, and what is wrong with it, by column."""

    line: int
    cells: dict[str, str]
    troubles: dict[str, list[str]] = field(default_factory=dict)
    meant: dict[str, Any] = field(default_factory=dict)
    account: NewAccount | None = None

    def blame(self, column: str, sentence: Any) -> None:
        self.troubles.setdefault(column, []).append(str(sentence))

    @property
    def shown(self) -> list[tuple[Column, str, list[str]]]:
        """Every column with its cell and what is wrong with it."""
        return [(column, self.shown_cell(column.key), self.troubles.get(column.key, [])) for column in COLUMNS]

    def shown_cell(self, key: str) -> str:
        """What would be issued where the cell was understood, else what stands in it."""
        meant = self.meant.get(key)
        if key in VOCABULARIES and meant is not None:
            return str(VOCABULARIES[key](meant).label)
        return str(getattr(meant, "name", meant) or self.cells.get(key, ""))


@dataclass(frozen=True)
class Roster:
    """The checked list."""

    entries: list[Entry]

    @property
    def bad(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.troubles]

    @property
    def accounts(self) -> list[NewAccount]:
        return [entry.account for entry in self.entries if entry.account is not None]


def entries_of(rows: list[Row]) -> list[Entry]:
    """The filled rows below the header, numbered as the spreadsheet numbers them; SheetColumnsMissing names what lacks."""
    places = places_in(rows[0], COLUMNS)
    missing = [column for column in COLUMNS if column.is_required and column.key not in places]
    if missing:
        raise SheetColumnsMissing(columns="、".join(column.heading for column in missing))
    return [
        Entry(line, {key: row[place] if place < len(row) else "" for key, place in places.items()})
        for line, row in enumerate(rows[1:], start=2)
        if any(row)
    ]


def checked(entries: Iterable[Entry], environment: Environment) -> Roster:
    """The same entries with their accounts, or with every sentence about what keeps them from having one."""
    roster = Roster(list(entries))
    organizations = {fold_name(one.name): one for one in Organization.objects.all()}
    for entry in roster.entries:
        read(entry, organizations)
    typed = blame_taken_login_ids(roster.entries)
    free = (login_id for login_id in login_ids_suggested(environment.slug) if login_id not in typed)
    for entry in roster.entries:
        if not entry.troubles:
            entry.cells["login_id"] = entry.cells.get("login_id") or next(free)
            entry.account = NewAccount(**entry.meant, login_id=entry.cells["login_id"])
    return roster


def read(entry: Entry, organizations: dict[str, Organization]) -> None:
    """Read every cell of a row, and blame the columns that cannot be read."""

    def take(column: str, understand: Callable[[str], Any]) -> None:
        try:
            entry.meant[column] = understand(entry.cells.get(column, ""))
        except ValidationError as error:
            for sentence in error.messages:
                entry.blame(column, sentence)

    take("name", NAME.clean)
    take("kana", READING.clean)
    take("organization", lambda text: organization_named(text, organizations))
    take("profession", lambda text: one_of(Profession, text, default=Profession.OTHER))
    take("role", lambda text: one_of(Role, text, default=Role.MEMBER))
    take("login_id", LOGIN_ID.clean)
    entry.cells["login_id"] = entry.meant.pop("login_id", entry.cells.get("login_id", ""))


def organization_named(text: str, organizations: dict[str, Organization]) -> Organization:
    if not text:
        raise ValidationError(NAME.error_messages["required"])
    if fold_name(text) not in organizations:
        raise ValidationError(_("No organization of this name takes part. Please add it first, or correct the name."))
    return organizations[fold_name(text)]


def one_of(choices: type[models.TextChoices], text: str, *, default: str) -> str:
    """A choice by its code, or by its label in Japanese, English or the reader's language."""
    if not text:
        return default
    for choice in choices:
        if fold(text) in {fold(str(word)) for word in (choice.value, choice.label, *labels_of(choice))}:
            return str(choice.value)
    words = "、".join(str(choice.label) for choice in choices)
    raise ValidationError(_("This is none of the words for it: %(words)s"), params={"words": words})


def labels_of(choice: Any) -> list[str]:
    """What a choice is called in the languages of the house."""
    labels = []
    for language in ("ja", "en"):
        with override(language):
            labels.append(str(choice.label))
    return labels


def blame_taken_login_ids(entries: list[Entry]) -> set[str]:
    """Blame rows whose login id stands in another row or is somebody's already; returns all that were typed."""
    typed: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.cells["login_id"]:
            typed.setdefault(entry.cells["login_id"], []).append(entry)
    taken = set(User.objects.filter(login_id__in=list(typed)).values_list("login_id", flat=True))
    for login_id, same in typed.items():
        for entry in same:
            others = ", ".join(str(other.line) for other in same if other is not entry)
            if others:
                entry.blame("login_id", _("The same login ID stands in row %(rows)s.") % {"rows": others})
            elif login_id in taken:
                entry.blame("login_id", LoginIdTaken(login_id=login_id).said)
    return set(typed)
