"""A client's record as it was: who changed what, and what it was at a version somebody had before them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from apps.clients.access import is_withheld_from, places_visible_to
from apps.clients.models import Client, ClientNumber, FamilyContact, Need, Revision, Weekday
from apps.clients.models.protection import OF_THE_RECORD
from apps.environments.models import Member


@dataclass(frozen=True)
class Change:
    """One field of one revision, before and after."""

    label: str
    was: Any
    became: Any


@dataclass(frozen=True)
class Edit:
    """One revision with the fields it changed."""

    changed_at: datetime
    changed_by: Member
    changes: list[Change]


def history_of(client: Client, *, reader: Member) -> list[Edit]:
    """Every change of the record, the newest first; as many queries for many as for one.

    What it said of places is told like the places themselves: of a protected client only to those who were let in.
    """
    return edits(client, revisions_since(client, 1), reader)


def edits_since(client: Client, version: int, *, reader: Member) -> list[Edit]:
    """What others have changed since somebody saw this version."""
    return edits(client, revisions_since(client, version), reader)


def record_at(client: Client, version: int) -> dict[str, Any]:
    """The editable facts as they stood at a version, where they differ from the present ones."""
    found: dict[str, Any] = {}
    for revision in revisions_since(client, version):
        found |= everything_before(revision, are_told=not client.is_protected)
    return {name: read(name, value) for name, value in found.items()}


@dataclass(frozen=True)
class Struck:
    """An entry that was struck out: what it was, and whose hands wrote it and struck it. No phone number, no number."""

    label: str
    said: str
    entry: ClientNumber | FamilyContact


def struck_out(client: Client) -> list[Struck]:
    """Numbers and contacts that no longer hold, the latest first; two queries. Periods stand beside the present ones."""
    hands = ("written_by", "struck_by")
    numbers = ClientNumber.objects.filter(client=client, struck_at__isnull=False).select_related(*hands)
    contacts = FamilyContact.objects.filter(client=client, struck_at__isnull=False).select_related(*hands)
    found = [Struck(one.get_certificate_display(), one.masked, one) for one in numbers]
    found += [Struck(one.relation, one.name, one) for one in contacts]
    return sorted(found, key=lambda one: one.entry.struck_at or one.entry.written_at, reverse=True)


def revisions_since(client: Client, version: int) -> list[Revision]:
    found = Revision.objects.filter(client=client, number__gte=version).order_by("-number")
    return list(found.select_related("changed_by__organization", "places_before"))


def everything_before(revision: Revision, *, are_told: bool) -> dict[str, Any]:
    """What the changed fields held, with those that say a place where places `are_told`."""
    places = revision.places_before.was if are_told and hasattr(revision, "places_before") else {}
    return revision.was | places


def edits(client: Client, revisions: list[Revision], reader: Member) -> list[Edit]:
    are_told = not is_withheld_from(reader, client)
    # From the present back: what a field held after a change is what the next change found.
    present = {field.name: getattr(client, field.name) for field in Client._meta.concrete_fields}
    if client.is_protected and are_told:
        moved = places_visible_to(reader, client).filter(kind__in=OF_THE_RECORD)
        present |= {place.kind: place.text for place in moved}
    shown = []
    for revision in revisions:
        before = everything_before(revision, are_told=are_told)
        was = {name: read(name, before[name]) for name in sorted(before)}
        changes = [Change(label_of(name), in_words(name, was[name]), in_words(name, present[name])) for name in was]
        shown.append(Edit(revision.changed_at, revision.changed_by, changes))
        present |= was
    return shown


def label_of(name: str) -> str:
    return str(Client._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def read(name: str, value: Any) -> Any:
    """What JSON kept, as the record holds it."""
    return date.fromisoformat(value) if name == "born_on" else value


def in_words(name: str, value: Any) -> Any:
    """As pages show it: lists in words, everything else as it is."""
    choices: dict[str, dict[Any, str | Promise]] = {"needs": dict(Need.choices), "weekdays": dict(Weekday.choices)}
    if name in choices:
        return [label for key, label in choices[name].items() if key in value]
    return value
