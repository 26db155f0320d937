"""Pictures of many entries: by day, and person by hour. Every number stands in them, so that nobody needs their colours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

STEPS = 4


@dataclass(frozen=True)
class Bar:
    """One day: where its bar stands, and what it counts."""

    day: date
    count: int
    x: float
    y: float
    width: float
    height: float
    is_weekend: bool


@dataclass(frozen=True)
class Timeline:
    bars: list[Bar]
    width: int
    height: int
    most: int

    @property
    def total(self) -> int:
        return sum(bar.count for bar in self.bars)


@dataclass(frozen=True)
class Cell:
    """What one person did in one hour of the day; `step` is how dark it is, from 0 to 4."""

    count: int
    step: int


@dataclass(frozen=True)
class Line:
    name: str
    organization: str
    cells: list[Cell]


@dataclass(frozen=True)
class HeatMap:
    lines: list[Line]

    @property
    def hours(self) -> range:
        return range(24)


WIDTH, HEIGHT = 720, 120


def timeline(counts: dict[date, int], first: date, last: date) -> Timeline:
    """A bar for each day, those without an entry too."""
    days = [first + timedelta(days=nth) for nth in range((last - first).days + 1)]
    most = max([1, *counts.values()])
    width = WIDTH / max(1, len(days))
    bars = []
    for nth, day in enumerate(days):
        count = counts.get(day, 0)
        height = max(2.0, HEIGHT * count / most) if count else 0.0
        x, y = round(nth * width, 2), round(HEIGHT - height, 2)
        bars.append(Bar(day, count, x, y, round(max(1.0, width - 1), 2), round(height, 2), day.weekday() >= 5))
    return Timeline(bars, WIDTH, HEIGHT, most)


def heat_map(rows: Iterable[tuple[str, str, dict[int, int]]]) -> HeatMap:
    """A line for each person (name, organization, entries by hour), the hours of the day side by side."""
    told = list(rows)
    most = max([1, *(count for _name, _body, hours in told for count in hours.values())])
    lines = [Line(name, body, [cell(hours.get(hour, 0), most) for hour in range(24)]) for name, body, hours in told]
    return HeatMap(lines)


def cell(count: int, most: int) -> Cell:
    return Cell(count, -(-STEPS * count // most))
