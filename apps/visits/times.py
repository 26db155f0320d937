"""Which days are worked, until when a visit can be booked, and on which days a repeated time falls."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import WEEKLY, rrule
from django.utils import timezone

# Bookings end then on the working day before.
CUT_OFF = time(17, 0)
# Half a year: a repetition without end would fill the calendar of a facility that has forgotten it.
LONGEST_REPETITION = timedelta(days=183)
# Town halls and most offices are closed then, though only New Year's Day is a holiday by law.
YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}


@dataclass(frozen=True)
class Plan:
    """Visiting times as they are said: a day, from when to when, and until which day each week."""

    day: date
    starts: time
    ends: time
    weekly_until: date | None = None
    capacity: int = 1
    place: str = ""
    receiver: str = ""
    bring: str = ""


@dataclass(frozen=True)
class Proposed:
    """A time that an office proposes to a facility."""

    starts_at: datetime
    ends_at: datetime


def due_after(days: int, today: date, holidays: Collection[date]) -> datetime:
    """17:00 in Japan on the so-many-th working day after today."""
    day = today
    while days:
        day += timedelta(days=1)
        days -= is_worked(day, holidays)
    return moment(day, CUT_OFF)


def is_worked(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday, without national holidays and the days around New Year."""
    return day.weekday() < 5 and day not in holidays and (day.month, day.day) not in YEAR_END


def cut_off_before(day: date, holidays: Collection[date]) -> datetime:
    """17:00 in Japan on the last working day before."""
    before = day - timedelta(days=1)
    while not is_worked(before, holidays):
        before -= timedelta(days=1)
    return moment(before, CUT_OFF)


def days_of(plan: Plan, holidays: Collection[date]) -> list[date]:
    """The days of a plan: the day itself, holiday or not; repeated, the same weekday up to the last, without holidays."""
    if plan.weekly_until is None:
        return [plan.day]
    first, last = datetime.combine(plan.day, time.min), datetime.combine(plan.weekly_until, time.min)
    found = [one.date() for one in rrule(WEEKLY, dtstart=first, until=last)]
    return [one for one in found if one not in holidays and (one.month, one.day) not in YEAR_END]


def moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at), timezone.get_default_timezone())
