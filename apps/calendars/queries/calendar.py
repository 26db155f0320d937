"""What stands in a calendar: visiting times with the visits in them, day by day, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from apps.calendars.access import opened_names
from apps.calendars.queries.lanes import laned
from apps.calendars.queries.periods import Period, minute_of
from apps.clients.models import Client
from apps.directory.models import Holiday
from apps.environments.models import Member
from apps.facilities.access import facilities_of, sees_board
from apps.facilities.models import Facility
from apps.visits.access import slots_visible_to, visits_visible_to
from apps.visits.models import ClosedDay, Slot, Visit
from apps.visits.queries.calendar import with_names
from apps.visits.times import YEAR_END

# As many as are drawn; the page says so when there are more.
MOST_EVENTS = 400
# The hours that always stand there; a time before or after them widens the day.
OPENS, CLOSES = 8, 18
SATURDAY = 5


@dataclass(frozen=True)
class Sought:
    """Whose calendar: of everything that one sees, of one facility, or of what oneself accompanies."""

    period: Period
    facility: Facility | None = None
    is_own: bool = False


@dataclass(frozen=True)
class Event:
    """A visiting time on one day, with the visits in it that this member may see."""

    slot: Slot
    visits: tuple[Visit, ...]
    begins: int
    ends: int
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True)
class CalendarDay:
    """A day with its events, and by what it is marked."""

    day: date
    events: tuple[Event, ...]
    holiday: str
    closed: tuple[ClosedDay, ...]
    is_today: bool
    is_chosen: bool

    @property
    def is_off(self) -> bool:
        return self.day.weekday() >= SATURDAY or bool(self.holiday)

    @property
    def is_saturday(self) -> bool:
        """Printed in blue, as Japanese calendars do, unless it is a holiday: these and Sundays are red."""
        return self.day.weekday() == SATURDAY and not self.holiday


@dataclass(frozen=True)
class Calendar:
    """The days of a period."""

    sought: Sought
    days: tuple[CalendarDay, ...]
    has_more: bool

    @cached_property
    def events(self) -> list[Event]:
        return [event for day in self.days for event in day.events]

    @property
    def is_empty(self) -> bool:
        return not self.events and not any(day.closed for day in self.days)

    @property
    def first_hour(self) -> int:
        return min([OPENS, *(event.begins // 60 for event in self.events)])

    @property
    def last_hour(self) -> int:
        return max([CLOSES, *(-(-event.ends // 60) for event in self.events)])

    @property
    def hours(self) -> range:
        return range(self.first_hour, self.last_hour)

    @property
    def clients(self) -> list[str]:
        """Whose names stand there, for the ledger."""
        shown = [visit.shown_client for event in self.events for visit in event.visits]  # type: ignore[attr-defined]
        return sorted({str(client.pk) for client in shown if client is not None})


def calendar_of(member: Member, sought: Sought, *, today: date) -> Calendar:
    slots = list(slots_of(member, sought)[: MOST_EVENTS + 1])
    more, slots = len(slots) > MOST_EVENTS, slots[:MOST_EVENTS]
    name(member, [visit for slot in slots for visit in slot.shown])  # type: ignore[attr-defined]
    period = sought.period
    holidays = dict(Holiday.objects.filter(date__range=(period.first, period.last)).values_list("date", "name"))
    closed = list(closed_days(member, sought))
    days = tuple(
        CalendarDay(
            day=day,
            events=events_of(day, slots),
            holiday=holidays.get(day) or year_end(day),
            closed=tuple(one for one in closed if one.day == day),
            is_today=day == today,
            is_chosen=day == period.on,
        )
        for day in period.days
    )
    return Calendar(sought, days, more)


def slots_of(member: Member, sought: Sought) -> QuerySet[Slot]:
    """The times of the period that stand: all of a facility that is looked at, elsewhere those with a visit in them."""
    period = sought.period
    seen = visits_visible_to(member).live()  # type: ignore[attr-defined]
    if sought.is_own:
        seen = seen.filter(accompanied_by=member)
    found = slots_visible_to(member).filter(withdrawn_at=None, lapsed_at=None)
    found = found.filter(starts_at__lt=period.ends_at, ends_at__gt=period.begins_at)
    if sought.facility is not None:
        found = found.filter(facility=sought.facility)
    elif sought.is_own or sees_board(member):
        found = found.filter(Exists(seen.filter(slot=OuterRef("pk"))))
    rows = seen.select_related("held_by__organization", "for_whom", "accompanied_by").order_by("place", "pk")
    found = found.with_taken().select_related("facility").order_by("starts_at", "facility__kana", "pk")  # type: ignore[attr-defined]
    prefetched: QuerySet[Slot] = found.prefetch_related(Prefetch("visits", rows, to_attr="shown"))
    return prefetched


def name(member: Member, visits: list[Visit]) -> None:
    """Each visit with the client (`shown_client`) whose name this member may read there; None elsewhere."""
    for visit in visits:
        # What the office that booked knows is asked of the facility by the visit, never by the time.
        visit.shown_client = None  # type: ignore[attr-defined]
    with_names(member, visits)
    opened = opened_names(member, visits)
    for visit in visits:
        behind = opened.get(visit.pk)
        visit.shown_client = visit.shown_client or named_by(behind)  # type: ignore[attr-defined]


def named_by(behind: object) -> Client | None:
    return getattr(behind, "client", None)


def closed_days(member: Member, sought: Sought) -> Iterable[ClosedDay]:
    """Of the facility that is looked at, or of one's own."""
    period = sought.period
    found = ClosedDay.objects.filter(opened_at=None, day__range=(period.first, period.last)).select_related("facility")
    if sought.facility is not None:
        return found.filter(facility=sought.facility)
    return found.filter(facility__in=facilities_of(member))


def events_of(day: date, slots: list[Slot]) -> tuple[Event, ...]:
    """Those of the day in the order in which they begin, with the lanes in which they stand side by side."""
    spans = [(minute_of(slot.starts_at, day), minute_of(slot.ends_at, day), slot) for slot in slots]
    spans = sorted((one for one in spans if one[0] < one[1]), key=lambda one: one[:2])
    lanes = laned([one[:2] for one in spans])
    return tuple(
        Event(slot, tuple(slot.shown), begins, ends, *lane)  # type: ignore[attr-defined]
        for (begins, ends, slot), lane in zip(spans, lanes, strict=True)
    )


def year_end(day: date) -> str:
    """Town halls are closed then, though it is no holiday by law."""
    return _("Year end") if (day.month, day.day) in YEAR_END else ""
