"""Which days a view shows, and which come before and after it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from django.utils import timezone

# Days that a calendar shows: a week before and after them can always be reckoned.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
LISTED = timedelta(days=28)


class View(StrEnum):
    DAY = "day"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True)
class Period:
    """A day, the week from Monday in which it lies, or the four weeks from it on."""

    view: View
    on: date

    @cached_property
    def first(self) -> date:
        return self.on - timedelta(days=self.on.weekday()) if self.view == View.WEEK else self.on

    @property
    def length(self) -> timedelta:
        return {View.DAY: timedelta(days=1), View.WEEK: timedelta(days=7), View.LIST: LISTED}[self.view]

    @property
    def last(self) -> date:
        return self.first + self.length - timedelta(days=1)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=nth) for nth in range(self.length.days)]

    @property
    def before(self) -> date:
        return max(self.on - self.length, FIRST_DAY)

    @property
    def after(self) -> date:
        return min(self.on + self.length, LAST_DAY)

    @property
    def begins_at(self) -> datetime:
        return midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        return midnight(self.last + timedelta(days=1))


def midnight(day: date) -> datetime:
    """The beginning of a day in Japan."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def minute_of(moment: datetime, day: date) -> int:
    """How many minutes of the day have passed then: 0 before it, 1440 after it."""
    passed = moment - midnight(day)
    return int(min(max(passed, timedelta()), timedelta(days=1)) // timedelta(minutes=1))
