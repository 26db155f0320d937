"""The days from consultation to start, per period, kind and operator: as numbers, and as boxes on one scale."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

# Fewer than these may tell who it was, to whoever knows the town.
FEWEST = 5
# Public, private, and what nobody has written down.
OPERATORS = ("public", "private", "")


@dataclass(frozen=True, order=True)
class Period:
    """A fiscal year, from April, or one of its quarters; 0 is the whole year."""

    year: int
    quarter: int = 0


def period_of(day: date, *, by_quarter: bool) -> Period:
    year = day.year if day.month >= 4 else day.year - 1
    return Period(year, (day.month - 4) % 12 // 3 + 1 if by_quarter else 0)


def first_day(year: int) -> date:
    return date(year, 4, 1)


@dataclass(frozen=True)
class Start:
    """One service that has started."""

    kind: str
    operator: str
    consulted_on: date
    started_on: date

    @property
    def days(self) -> int:
        return (self.started_on - self.consulted_on).days


@dataclass(frozen=True)
class Box:
    """The starts of one period at facilities of one operator. All None where there are too few to be told."""

    period: Period
    operator: str
    count: int | None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None

    @property
    def is_masked(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class Shape:
    """A box on the common scale, in percent of its width."""

    box: Box
    start: float = 0
    width: float = 0
    middle: float = 0


@dataclass(frozen=True)
class Group:
    """One kind of service, or all of them under "": a box for each period and operator in which anything started."""

    kind: str
    shapes: list[Shape]


@dataclass(frozen=True)
class Days:
    groups: list[Group]
    most: int
    is_masked: bool

    @property
    def boxes(self) -> list[Box]:
        return [shape.box for group in self.groups for shape in group.shapes]


def days_of(starts: Iterable[Start], *, by_quarter: bool, is_masked: bool) -> Days:
    """All kinds together first, then each. Of who is shown no small numbers, a sum of which a part is hidden is hidden too."""
    sorted_in: dict[tuple[str, Period, str], list[int]] = defaultdict(list)
    for one in starts:
        period = period_of(one.started_on, by_quarter=by_quarter)
        for kind in ("", one.kind):
            sorted_in[kind, period, one.operator].append(one.days)
    small = {key for key, days in sorted_in.items() if is_masked and len(days) < FEWEST}
    small |= {("", period, operator) for _kind, period, operator in small}
    boxes = {key: box_of(key[1], key[2], days, hidden=key in small) for key, days in sorted_in.items()}
    most = scale_of(boxes.values())
    kinds = sorted({kind for kind, _period, _operator in boxes})
    return Days([Group(kind, shapes_of(kind, boxes, most)) for kind in kinds], most, is_masked)


def box_of(period: Period, operator: str, days: list[int], *, hidden: bool) -> Box:
    if hidden:
        return Box(period, operator, None)
    lower, median, upper = quantiles(days, n=4, method="inclusive") if len(days) > 1 else [float(days[0])] * 3
    return Box(period, operator, len(days), lower, median, upper)


def scale_of(boxes: Iterable[Box]) -> int:
    """The end of the scale: the next full thirty days."""
    longest = max([box.upper or 0 for box in boxes], default=0)
    return max(30, -(-int(longest + 0.999) // 30) * 30)


def shapes_of(kind: str, boxes: dict[tuple[str, Period, str], Box], most: int) -> list[Shape]:
    mine = [box for key, box in boxes.items() if key[0] == kind]
    ordered = sorted(mine, key=lambda box: (-box.period.year, -box.period.quarter, OPERATORS.index(box.operator)))
    return [shape_of(box, most) for box in ordered]


def shape_of(box: Box, most: int) -> Shape:
    if box.lower is None or box.upper is None or box.median is None:
        return Shape(box)
    share = 100 / most
    width = max(0.8, (box.upper - box.lower) * share)
    return Shape(box, round(box.lower * share, 2), round(width, 2), round(box.median * share, 2))
