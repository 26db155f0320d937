"""Working hours, as far as they are known: nobody has said theirs yet, so that those of most offices count for all."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from apps.directory.queries import holidays_between
from apps.surveys.models import OPENS

CLOSES = time(17, 15)
# Open since 8:30; who is due within the hour after that has to be ready the evening before.
UNDER_WAY = time(9, 30)
# With every holiday there is, an office opens at least once within so many days.
LONGEST_REST = timedelta(days=21)
SATURDAY = 5


def last_working_moment(due_at: datetime) -> datetime | None:
    """The last closing time before it; None where offices are open at that time itself, and have been for an hour.

    Offices are open on weekdays from 8:30 to 17:15, but not on national holidays and not from 29 December to 3 January.
    """
    due = timezone.localtime(due_at)
    holidays = holidays_between(due.date() - LONGEST_REST, due.date())
    if is_working_day(due.date(), holidays) and due.time() > UNDER_WAY:
        return None if due.time() <= CLOSES else closing(due.date())
    day = due.date() - timedelta(days=1)
    while not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return closing(day)


def is_working_day(day: date, holidays: set[date]) -> bool:
    is_new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < SATURDAY and day not in holidays and not is_new_year


def closing(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, CLOSES))


def reminder_moment(due_at: datetime, days_before: int, at: time) -> datetime:
    """So many days before it is due, at that time of the day; on the last working day before, where offices are closed."""
    day = timezone.localtime(due_at).date() - timedelta(days=days_before)
    holidays = holidays_between(day - LONGEST_REST, day)
    while not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, at))


def is_working_time(moment: datetime) -> bool:
    """Whether offices are open then."""
    now = timezone.localtime(moment)
    return is_working_day(now.date(), holidays_between(now.date(), now.date())) and OPENS <= now.time() < CLOSES
