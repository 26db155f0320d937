"""Replies counted: by one way of sorting them, and by two or three at once. Every table adds up to the number of replies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from apps.surveys.results.dimensions import Dimension, Topic, values_of
from apps.surveys.results.given import Given

# How many patterns are drawn (surveys/_patterns.html) before they begin again.
PATTERNS = 6


@dataclass(frozen=True)
class Count:
    """How many replies are in a group, and which share of all that is, in per cent to one place."""

    label: str
    number: int
    of: int

    @property
    def share(self) -> float:
        return round(100 * self.number / self.of, 1) if self.of else 0.0


@dataclass(frozen=True)
class Bar:
    """One piece of a bar: which pattern, from where and how wide in per cent."""

    pattern: str
    start: float
    width: float


@dataclass(frozen=True)
class Tally:
    """The replies by one way of sorting them."""

    dimension: Dimension
    counts: tuple[Count, ...]

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The groups, each with its pattern."""
        return list(zip([one.label for one in self.counts], self.patterns, strict=True))

    @property
    def total(self) -> int:
        return sum(one.number for one in self.counts)

    @property
    def patterns(self) -> list[str]:
        """How each group is drawn, so that pieces differ without colour; what has no answer stays blank."""
        return [*[str(place % PATTERNS) for place in range(len(self.counts) - 1)], "none"]

    @property
    def bars(self) -> list[Bar]:
        """The groups side by side, as one bar that is full; what is empty is left out."""
        found, start = [], 0.0
        for place, one in enumerate(self.counts):
            width = 100 * one.number / one.of if one.of else 0.0
            if width:
                found.append(Bar(self.patterns[place], round(start, 2), round(width, 2)))
            start += width
        return found


def tally(dimension: Dimension, replies: Sequence[Given]) -> Tally:
    found = Counter(dimension.where(one) for one in replies)
    return Tally(
        dimension, tuple(Count(head, found[place], len(replies)) for place, head in enumerate(dimension.heads))
    )


@dataclass(frozen=True)
class Measures:
    """What numbers come to; exact, as they were answered."""

    count: int
    total: Decimal
    mean: Decimal
    middle: Decimal
    least: Decimal
    most: Decimal


def measures(topic: Topic, replies: Sequence[Given]) -> Measures | None:
    told = [Decimal(str(one)) for one in values_of(topic.question.number, replies)]
    if not told:
        return None
    mean = (sum(told, Decimal()) / len(told)).quantize(Decimal("0.1"))
    return Measures(len(told), sum(told, Decimal()), mean, Decimal(median(told)), min(told), max(told))


@dataclass(frozen=True)
class Crossing:
    """Replies by two ways of sorting them: `cells` row by row. `title` names the group of the third, where there is one."""

    rows: Dimension
    columns: Dimension
    cells: tuple[tuple[int, ...], ...]
    title: str = ""

    @property
    def lines(self) -> list[tuple[str, tuple[int, ...], int]]:
        """Each row with its head and its sum."""
        pairs = zip(self.rows.heads, self.cells, strict=True)
        return [(head, numbers, sum(numbers)) for head, numbers in pairs]

    @property
    def column_sums(self) -> list[int]:
        return [sum(column) for column in zip(*self.cells, strict=True)]

    @property
    def total(self) -> int:
        return sum(map(sum, self.cells))


def cross(rows: Dimension, columns: Dimension, replies: Sequence[Given], title: str = "") -> Crossing:
    found = Counter((rows.where(one), columns.where(one)) for one in replies)
    wide, high = range(len(columns.heads)), range(len(rows.heads))
    return Crossing(rows, columns, tuple(tuple(found[row, column] for column in wide) for row in high), title)


def cross_by(layers: Dimension, rows: Dimension, columns: Dimension, replies: Sequence[Given]) -> list[Crossing]:
    """One table for each group of the third, the empty ones too: their totals add up to the number of replies."""
    sorted_ones: list[list[Given]] = [[] for _head in layers.heads]
    for one in replies:
        sorted_ones[layers.where(one)].append(one)
    return [cross(rows, columns, group, head) for head, group in zip(layers.heads, sorted_ones, strict=True)]
