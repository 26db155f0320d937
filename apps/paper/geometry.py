"""Where things stand on a sheet, in millimetres from its upper left corner, and how a scan is laid upon it."""

from collections.abc import Sequence
from dataclasses import dataclass

# As in print/sheet.typ.
WIDTH, HEIGHT = 210.0, 297.0
MARK = 6.0
MARK_AT = 12.0
QR = 30.0
QR_LEFT, QR_TOP = WIDTH - 22.0 - QR, 10.0

Point = tuple[float, float]
# x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1)
Projection = tuple[float, float, float, float, float, float, float, float]

MARKS: dict[str, Point] = {
    "upper left": (MARK_AT, MARK_AT),
    "upper right": (WIDTH - MARK_AT, MARK_AT),
    "lower right": (WIDTH - MARK_AT, HEIGHT - MARK_AT),
    "lower left": (MARK_AT, HEIGHT - MARK_AT),
}
# In the order in which a decoder tells them: from the upper left, clockwise.
QR_CORNERS: tuple[Point, ...] = (
    (QR_LEFT, QR_TOP),
    (QR_LEFT + QR, QR_TOP),
    (QR_LEFT + QR, QR_TOP + QR),
    (QR_LEFT, QR_TOP + QR),
)


@dataclass(frozen=True)
class BoxAt:
    """A box to be ticked: on which page, its upper left corner, and how long its sides are."""

    key: str
    page: int
    x: float
    y: float
    size: float


def projected(projection: Projection, point: Point) -> Point:
    a, b, c, d, e, f, g, h = projection
    x, y = point
    below = g * x + h * y + 1
    return (a * x + b * y + c) / below, (d * x + e * y + f) / below


def flat(pairs: Sequence[tuple[Point, Point]]) -> Projection:
    """What brings points nearest to where they were seen, by turning, stretching and moving: of three pairs or more."""
    normal = [[0.0] * 3 for _ in range(3)]
    right = [[0.0] * 3, [0.0] * 3]
    for (x, y), seen in pairs:
        row = (x, y, 1.0)
        for i in range(3):
            for j in range(3):
                normal[i][j] += row[i] * row[j]
            right[0][i] += row[i] * seen[0]
            right[1][i] += row[i] * seen[1]
    a, b, c = solved(normal, right[0])
    d, e, f = solved(normal, right[1])
    return a, b, c, d, e, f, 0.0, 0.0


def in_perspective(pairs: Sequence[tuple[Point, Point]]) -> Projection:
    """What brings four points exactly to where they were seen, also on a photo taken from the side."""
    rows: list[list[float]] = []
    right: list[float] = []
    for (x, y), (u, v) in pairs:
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        right += [u, v]
    a, b, c, d, e, f, g, h = solved(rows, right)
    return a, b, c, d, e, f, g, h


def solved(rows: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Linear equations by elimination, the largest first. Raises ZeroDivisionError where they have no one answer."""
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    size = len(table)
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(table[row][at]))
        table[at], table[best] = table[best], table[at]
        for below in range(size):
            if below != at:
                share = table[below][at] / table[at][at]
                table[below] = [one - share * other for one, other in zip(table[below], table[at], strict=True)]
    return [table[at][size] / table[at][at] for at in range(size)]


def seen_from(projection: Projection, left: float, top: float, scale: float) -> Projection:
    """The same for a picture that begins at a place of the sheet and has so many pixels for each millimetre."""
    a, b, c, d, e, f, g, h = projection
    base = g * left + h * top + 1
    return (
        a / scale / base,
        b / scale / base,
        (a * left + b * top + c) / base,
        d / scale / base,
        e / scale / base,
        (d * left + e * top + f) / base,
        g / scale / base,
        h / scale / base,
    )
