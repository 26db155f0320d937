"""Reasons of refusals, over the whole environment: unmet need, which inquiries and the waiting list tell together."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.db.models import F
from django.utils.translation import gettext

from apps.environments.models import Member
from apps.facilities.access import is_of_the_city
from apps.facilities.grid import Weekday
from apps.inquiries.kinds import AgeGroup, Reason, Said
from apps.inquiries.models import InquiryReply

Counted = Counter[tuple[str, str, str]]
# Of whom it is not known in which of the age groups.
ADULT = "adult"


def nothing(since: date, until: date) -> Counted:
    return Counter()


@dataclass
class Beside:
    """What is refused elsewhere and counts in the same table; floors above know it, and say so when they are ready."""

    refused: Callable[[date, date], Counted]


beside_inquiries = Beside(refused=nothing)


def unmet_need(*, since: date, until: date) -> Counted:
    """How often each reason stood against each day and age wished: weekday × age × reason, over the whole environment.

    An inquiry without days counts under "". Days between `since` and `until`, both included. What was refused elsewhere,
    such as to those on the waiting list, is counted in.
    """
    replies = InquiryReply.objects.filter(said__in=[Said.CANNOT, Said.TALK]).exclude(reasons=[])
    asked = replies.annotate(days=F("recipient__inquiry__weekdays"), age=F("recipient__inquiry__age_group"))
    span = asked.filter(recipient__inquiry__sent_at__date__range=(since, until))
    counted: Counter[tuple[str, str, str]] = Counter()
    for days, age, reasons in span.values_list("days", "age", "reasons"):
        counted.update((day, age, reason) for day, reason in product(days or [""], reasons))
    return counted + beside_inquiries.refused(since, until)


@dataclass(frozen=True)
class UnmetRow:
    """One age group and one reason. A number is None where it is too small to be shown to this member."""

    age: str
    reason: str
    numbers: list[int | None]

    @property
    def total(self) -> int | None:
        """Not shown beside a number that is not: what is left of it would be that number."""
        shown = [one for one in self.numbers if one is not None]
        return sum(shown) if len(shown) == len(self.numbers) else None


@dataclass(frozen=True)
class Sum:
    """What one reason, or one day, comes to. None where a part of it is too small to be shown; `share` is per cent of the
    largest one."""

    label: str
    number: int | None
    share: float


@dataclass(frozen=True)
class Unmet:
    """Refusals by age group, reason and day of the week, of all inquiries of so many days; only rows in which something stands."""

    since: date
    until: date
    heads: list[str]
    rows: list[UnmetRow]
    is_masked: bool

    @property
    def by_reason(self) -> list[Sum]:
        """The reasons over all ages and days, the most frequent first."""
        found: dict[str, list[int | None]] = {}
        for row in self.rows:
            found.setdefault(row.reason, []).append(row.total)
        return sums({reason: added(totals) for reason, totals in found.items()}, ordered=True)

    @property
    def by_day(self) -> list[Sum]:
        """The days of the week over all ages and reasons, in their order."""
        columns = [added([row.numbers[place] for row in self.rows]) for place in range(len(self.heads))]
        return sums(dict(zip(self.heads, columns, strict=True)))


def added(numbers: list[int | None]) -> int | None:
    """Their sum, unless one of them is not shown: what is left of the sum would tell it."""
    shown = [one for one in numbers if one is not None]
    return sum(shown) if len(shown) == len(numbers) else None


def sums(found: dict[str, int | None], *, ordered: bool = False) -> list[Sum]:
    most = max((one for one in found.values() if one is not None), default=0) or 1
    told = [Sum(label, number, round(100 * (number or 0) / most, 1)) for label, number in found.items()]
    return sorted(told, key=lambda one: -(one.number or 0)) if ordered else told


# Fewer than these may tell whose need it was, to whoever knows the town.
FEWEST = 5


def unmet_table(member: Member, *, since: date, until: date) -> Unmet:
    """Exact numbers for the city alone. Others are shown whole months, so that no two tables differ by a single day."""
    is_masked = not is_of_the_city(member)
    if is_masked:
        since, until = since.replace(day=1), until.replace(day=monthrange(until.year, until.month)[1])
    counted = unmet_need(since=since, until=until)
    days, ages = [*Weekday.values, ""], ages_counted()
    rows = [
        UnmetRow(ages[age], str(reason.label), [masked(counted[day, age, reason], is_masked) for day in days])
        for age, reason in product(ages, Reason)
        if any(counted[day, age, reason] for day in days)
    ]
    heads = [*(str(one.label) for one in Weekday), gettext("No day named")]
    return Unmet(since, until, heads, rows, is_masked)


def ages_counted() -> dict[str, str]:
    """As cards say them, and adults of whom no more is known."""
    return {**{age.value: str(age.label) for age in AgeGroup}, ADULT: gettext("Adult, age not told")}


def masked(number: int, is_masked: bool) -> int | None:
    return None if is_masked and 0 < number < FEWEST else number
