"""Until when an offer is answered: only hours count in which somebody is at the desk."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from apps.visits.times import is_worked, moment

OPENS, CLOSES = time(9, 0), time(17, 0)
# Half a working day: to reach a family at work, and no longer, because others wait.
ANSWER = timedelta(hours=4)


def answer_until(now: datetime, holidays: Collection[date], *, within: timedelta = ANSWER) -> datetime:
    """So many hours of the office later."""
    left, day = within, timezone.localdate(now)
    while True:
        begins, ends = max(now, moment(day, OPENS)), moment(day, CLOSES)
        if is_worked(day, holidays) and begins < ends:
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        day += timedelta(days=1)
