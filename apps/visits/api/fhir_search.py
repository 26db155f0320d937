"""What a FHIR search asks for, read from its parameters (https://hl7.org/fhir/R4/search.html).

Several values in one parameter are alternatives, a parameter said twice narrows. A parameter that is not known here is left
out, as R4 has it, and stands in no link of the answer; a value that cannot be read is refused.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from apps.visits.fhir import ASKED_BY
from apps.visits.refusals import SearchUnreadable

STATES = {
    "Slot": {"busy", "free", "busy-unavailable", "busy-tentative", "entered-in-error"},
    "Appointment": {"proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "waitlist"},
}
LONGEST_VALUE = 200
FIRST, PAST = 0, 1


def wanted(kind: str, sent: QueryDict) -> tuple[Q, list[tuple[str, str]]]:
    """The condition, and the parameters of which it was made."""
    found, understood = Q(), []
    for name in ASKED_BY[kind]:
        for value in sent.getlist(name):
            if len(value) > LONGEST_VALUE:
                raise SearchUnreadable(name=name)
            found &= READERS[kind, name](name, value)
            understood.append((name, value))
    return found, understood


def by_status(kind: str) -> Callable[[str, str], Q]:
    def read(name: str, value: str) -> Q:
        asked = set(value.split(","))
        if not asked <= STATES[kind]:
            raise SearchUnreadable(name=name)
        return Q(status__in=asked)

    return read


def by_reference(kind: str, field: str) -> Callable[[str, str], Q]:
    def read(name: str, value: str) -> Q:
        try:
            return Q(**{f"{field}__in": [UUID(one.removeprefix(f"{kind}/")) for one in value.split(",")]})
        except ValueError:
            raise SearchUnreadable(name=name) from None

    return read


def by_activity(name: str, value: str) -> Q:
    """R4's `active` of a schedule: a facility that is closed receives nobody."""
    if value not in {"true", "false"}:
        raise SearchUnreadable(name=name)
    is_open = Q(closed_on=None) | Q(closed_on__gt=timezone.localdate())
    return is_open if value == "true" else ~is_open


def by_date(field: str) -> Callable[[str, str], Q]:
    def read(name: str, value: str) -> Q:
        prefix, said = (value[:2], value[2:]) if value[:2] in PREFIXES else ("eq", value)
        span = span_of(name, said)
        return Q(**{f"{field}__{compared}": span[end] for compared, end in PREFIXES[prefix].items()})

    return read


def span_of(name: str, said: str) -> tuple[datetime, datetime]:
    """The whole day in Japan, or the second; a moment names its zone, as R4 wants it."""
    try:
        if day := parse_date(said):
            first = timezone.make_aware(datetime.combine(day, time.min))
            return first, first + timedelta(days=1)
        moment = parse_datetime(said)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise SearchUnreadable(name=name)
    return moment, moment + timedelta(seconds=1)


# Each prefix compares the beginning with one end, or both, of the span that is asked for.
PREFIXES: dict[str, dict[str, int]] = {
    "eq": {"gte": FIRST, "lt": PAST},
    "ge": {"gte": FIRST},
    "gt": {"gte": PAST},
    "le": {"lt": PAST},
    "lt": {"lt": FIRST},
}
READERS: dict[tuple[str, str], Callable[[str, str], Q]] = {
    ("Schedule", "active"): by_activity,
    ("Slot", "schedule"): by_reference("Schedule", "facility"),
    ("Slot", "start"): by_date("starts_at"),
    ("Slot", "status"): by_status("Slot"),
    ("Appointment", "date"): by_date("slot__starts_at"),
    ("Appointment", "status"): by_status("Appointment"),
    ("Appointment", "slot"): by_reference("Slot", "slot"),
}
