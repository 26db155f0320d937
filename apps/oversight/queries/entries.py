"""What the ledger answers to a question: a page of entries, and the pictures of all of them.

Pages follow one another by key: the thousandth costs what the first does. However long the ledger is, a page asks the
same few questions.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate
from django.utils import timezone

from apps.audit.models import Entry
from apps.environments.models import Member, Organization, Role
from apps.oversight import wording
from apps.oversight.access import entries_visible_to
from apps.oversight.drawing import HeatMap, Timeline, heat_map, timeline
from apps.oversight.kinds import of_kind

ROWS = 50
# Without days in the question: one client or person over a quarter, everybody over a week.
OF_ONE, OF_ALL = timedelta(days=90), timedelta(days=7)
MOST_PEOPLE = 15


@dataclass(frozen=True)
class Asked:
    """A question with its days: those that were named, or those that go without saying."""

    told: dict[str, Any]
    since: date
    until: date


@dataclass(frozen=True)
class EntryShown:
    """An entry with the names of those in it, in words."""

    entry: Entry
    who: str
    organization: str
    role: str
    deed: str
    part: str
    purpose: str


@dataclass(frozen=True)
class Found:
    """A page of entries, newest first, and where the next one begins."""

    shown: list[EntryShown]
    following: str


@dataclass(frozen=True)
class Pictures:
    by_day: Timeline
    by_hour: HeatMap


def asked_of(told: dict[str, Any]) -> Asked:
    today = timezone.localdate()
    span = OF_ONE if told.get("client") or told.get("person") else OF_ALL
    until = told.get("until") or max(today, told.get("since") or today)
    return Asked(told, told.get("since") or until - span, until)


def answered(reader: Member, asked: Asked, before: str) -> Found:
    """The entries that a question asks for, from where the page before ended."""
    rows = entries_asked_for(reader, asked).order_by("-recorded_at", "-id")
    if (key := key_in(before)) is not None:
        at, last = key
        rows = rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__lt=last), recorded_at__lte=at)
    found = list(rows[: ROWS + 1])
    return Found(shown(found[:ROWS]), key_of(found[ROWS - 1]) if len(found) > ROWS else "")


def entries_asked_for(reader: Member, asked: Asked) -> QuerySet[Entry]:
    told = asked.told
    begins, ends = midnight(asked.since), midnight(asked.until + timedelta(days=1))
    # The environment is named although the wall does too: the planner must see that an index begins with it.
    rows = entries_visible_to(reader).filter(
        environment_id=reader.environment_id, recorded_at__gte=begins, recorded_at__lt=ends
    )
    columns = {"client": "client_id", "person": "member_id", "organization": "organization_id"}
    plain = {columns.get(name, name): told[name] for name in PLAIN if told.get(name)}
    rows = rows.filter(**{name: getattr(value, "pk", value) for name, value in plain.items()})
    if told.get("area"):
        rows = rows.filter(verb__startswith=told["area"])
    if told.get("kind"):
        rows = rows.filter(of_kind(told["kind"]))
    if told.get("purpose"):
        rows = rows.filter(for_purpose(told["purpose"]))
    return rows


PLAIN = ("client", "person", "organization", "outcome", "channel", "address", "agent")


def for_purpose(code: str) -> Q:
    if code == "legal-basis":
        return Q(purpose__startswith="legal-basis:")
    return Q(purpose="" if code == "none" else code)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def key_of(entry: Entry) -> str:
    since = entry.recorded_at - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{since // timedelta(microseconds=1)}-{entry.pk}"


def key_in(text: str) -> tuple[datetime, int] | None:
    """Where a page begins, as an address bears it; None for what is no such place."""
    at, _, last = text.partition("-")
    if not (at.isascii() and at.isdigit() and last.isascii() and last.isdigit() and len(text) <= 40):
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at)), min(int(last), 2**63 - 1)
    except OverflowError:
        return None


def shown(entries: list[Entry]) -> list[EntryShown]:
    """With names, asked for once for all of them."""
    people = people_in({entry.member_id for entry in entries})
    bodies = dict(
        Organization.objects.filter(pk__in={entry.organization_id for entry in entries}).values_list("pk", "name")
    )
    return [in_words(entry, people, bodies) for entry in entries]


def people_in(ids: Iterable[UUID | None]) -> dict[UUID, Member]:
    known = [one for one in ids if one is not None]
    return {one.pk: one for one in Member.objects.select_related("organization").filter(pk__in=known)}


def in_words(entry: Entry, people: dict[UUID, Member], bodies: dict[UUID, str]) -> EntryShown:
    person = people.get(entry.member_id) if entry.member_id else None
    return EntryShown(
        entry=entry,
        who=person.known_as if person else "",
        organization=bodies.get(entry.organization_id, "") if entry.organization_id else "",
        role=str(Role(entry.role).label) if entry.role in Role.values else "",
        deed=wording.deed(entry),
        part=wording.part(entry.detail),
        purpose=wording.purpose(entry.purpose),
    )


def pictured(reader: Member, asked: Asked) -> Pictures:
    """How many entries on which day; and the people with most of them, hour by hour."""
    rows = entries_asked_for(reader, asked).order_by()
    zone = timezone.get_current_timezone()
    days = rows.annotate(day=TruncDate("recorded_at", tzinfo=zone)).values_list("day").annotate(many=Count("pk"))
    hours = rows.exclude(member_id=None).annotate(hour=ExtractHour("recorded_at", tzinfo=zone))
    told: dict[UUID, dict[int, int]] = defaultdict(dict)
    for member_id, hour, many in hours.values_list("member_id", "hour").annotate(many=Count("pk")):
        told[member_id][hour] = many
    return Pictures(timeline(dict(days), asked.since, asked.until), heat_map(busiest(told)))


def busiest(told: dict[UUID, dict[int, int]]) -> list[tuple[str, str, dict[int, int]]]:
    first = sorted(told, key=lambda one: (-sum(told[one].values()), str(one)))[:MOST_PEOPLE]
    people = people_in(set(first))
    return [(people[one].known_as, people[one].organization.name, told[one]) for one in first if one in people]
