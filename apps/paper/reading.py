"""Reads the picture of a sheet: whose it is by its QR code, how it lies by the squares, and what is ticked by its ink.

Nothing here knows a database. A picture that is no sheet is read as nothing; nothing about it is an error.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from apps.paper.geometry import (
    HEIGHT,
    MARK,
    MARKS,
    QR_CORNERS,
    WIDTH,
    BoxAt,
    Point,
    Projection,
    flat,
    in_perspective,
    projected,
    seen_from,
)

QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
# The longer side of a picture in which is read; 200 dpi, a little more than what a FAX carries.
LONGEST = 2600
# A FAX in standard resolution has half as many lines as columns (204 by 98 dpi, ITU-T T.4): read as stretched too.
STRETCHES = ((1.0, 1.0), (1.0, 2.0), (2.0, 1.0))

# Pixels for each millimetre where the squares are looked for, and where ink is counted.
COARSE, FINE = 4, 8
# The same where a person looks at it.
SHOWN = 6
# How far from its place a square is looked for, in millimetres: near the QR code, beside it, and at the other end.
NEAR, FAR, FARTHEST = 9.0, 16.0, 28.0
REACHES = (("upper right", NEAR), ("upper left", FAR), ("lower right", FARTHEST), ("lower left", FARTHEST))
# How far, in millimetres, the code may be seen beside its place on a sheet that is taken as flat.
CODE_BESIDE = 1.5
# Inside of a square against what is around it, of 255.
PLAIN_CONTRAST = 90

# What lies around a box and is looked at together with it, and how far a box is followed there, in millimetres.
AROUND = 2.0
DRIFT = 1.2
# What of a box's inside is left out at each side: its line, and what is smeared of it.
LINE = 0.8
# How much darker than what is usual around a line of a box is, in its three pixels together.
LINES_STAND_OUT = 60
# Darker than this share between paper and ink counts as ink.
INK = 0.45
# The share of ink inside of a box. Between the two nobody knows: a speck, or a thin stroke. A box that is all black may
# be a tick that was crossed out.
EMPTY_BELOW = 0.012
TICKED_FROM = 0.06
BLACK_FROM = 0.85


class Mark(StrEnum):
    """What was found in a box."""

    TICKED = "ticked"
    EMPTY = "empty"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Seen:
    """A QR code on a picture, and how the sheet lies there: from millimetres to pixels, or None where squares are missing."""

    text: str
    lies: Projection | None


def seen_on(picture: Image.Image) -> list[Seen]:
    """Every QR code on a grey picture, with the sheet around it if it is one."""
    found = decoded(picture)
    dark = ImageChops.invert(picture)
    return [Seen(text, lying(dark, corners)) for text, corners in found]


def ready(picture: Image.Image) -> Image.Image:
    """Grey, and no larger than is read."""
    grey = picture.convert("L")
    if max(grey.size) > LONGEST:
        grey.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    return grey


def decoded(picture: Image.Image) -> list[tuple[str, list[Point]]]:
    """The text of each QR code and its four corners in pixels, from the upper left of the code clockwise."""
    for across, down in STRETCHES:
        size = (int(picture.width * across), int(picture.height * down))
        stretched = picture if size == picture.size else picture.resize(size, Image.Resampling.BILINEAR)
        found = [one for one in zxingcpp.read_barcodes(stretched, formats=QR_CODES) if one.text]
        if found:
            return [(one.text, corners_of(one.position, across, down)) for one in found]
    return []


def corners_of(position: zxingcpp.Position, across: float, down: float) -> list[Point]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return [(corner.x / across, corner.y / down) for corner in corners]


def lying(dark: Image.Image, corners: Sequence[Point]) -> Projection | None:
    """How the sheet lies: guessed from its QR code, made sure square by square, the nearest first.

    With three squares it is known only where the sheet was flat; with fewer nothing is read from it.
    """
    code = list(zip(QR_CORNERS, corners, strict=True))
    found: list[tuple[Point, Point]] = []
    try:
        for name, reach in REACHES:
            at = mark_near(dark, flat([*code, *found]), MARKS[name], reach)
            if at is None and len(found) == len(MARKS) - 1:
                # On a photo taken from the side the fourth one lies where three and a corner of the code say.
                at = mark_near(dark, in_perspective([*found, code[3]]), MARKS[name], reach)
            if at is not None:
                found.append((MARKS[name], at))
        if len(found) == len(MARKS):
            return in_perspective(found)
        return as_flat(found, code) if len(found) == len(MARKS) - 1 else None
    except ZeroDivisionError:
        return None


def as_flat(found: Sequence[tuple[Point, Point]], code: Sequence[tuple[Point, Point]]) -> Projection | None:
    """Where three squares say it lies, if the code is where it should be then: on a flat sheet, and on no photo."""
    lies = flat(found)
    a, b, _, d, e, _, _, _ = lies
    pixels = (math.hypot(a, d) + math.hypot(b, e)) / 2
    beside = max(math.dist(projected(lies, place), seen) for place, seen in code)
    return lies if beside <= CODE_BESIDE * pixels else None


def mark_near(dark: Image.Image, lies: Projection, mark: Point, reach: float) -> Point | None:
    """Where the middle of a square is on the picture: the place that is dark inside, and light around."""
    left, top = mark[0] - reach - MARK, mark[1] - reach - MARK
    across = int(2 * (reach + MARK) * COARSE)
    window = dark.transform(
        (across, across),
        Image.Transform.PERSPECTIVE,
        seen_from(lies, left, top, COARSE),
        Image.Resampling.BILINEAR,
    )
    inside = window.filter(ImageFilter.BoxBlur(MARK * COARSE / 2 * 0.9))
    around = window.filter(ImageFilter.BoxBlur(MARK * COARSE / 2 * 1.5))
    # The inside counts for a ninth quarter of the whole: what is dark all over is no square.
    fit = ImageChops.subtract(inside, around)
    edge = int(MARK * COARSE / 2)
    fit = fit.crop((edge, edge, across - edge, across - edge))
    best = fit.getextrema()[1]
    if not isinstance(best, (int, float)) or best < PLAIN_CONTRAST:
        return None
    box = fit.point(lambda value: 255 if value >= best - 6 else 0).getbbox()
    if box is None:
        return None
    x, y = (box[0] + box[2] - 1) / 2 + edge, (box[1] + box[3] - 1) / 2 + edge
    return projected(lies, (left + (x + 0.5) / COARSE, top + (y + 0.5) / COARSE))


def upright(picture: Image.Image, lies: Projection) -> Image.Image:
    """The sheet alone, straight and the right way up."""
    size = (round(WIDTH * SHOWN), round(HEIGHT * SHOWN))
    laid = seen_from(lies, 0, 0, SHOWN)
    return picture.transform(size, Image.Transform.PERSPECTIVE, laid, Image.Resampling.BILINEAR, fillcolor=255)


def marks_in(picture: Image.Image, lies: Projection | None, boxes: Iterable[BoxAt]) -> dict[str, Mark]:
    """What is in each of these boxes of one page; unsure in all of them where it is not known how the page lies."""
    if lies is None:
        return {box.key: Mark.UNSURE for box in boxes}
    shares = {box.key: share_of_ink(picture, lies, box) for box in boxes}
    # Where most boxes are not in their places, those that seem to be are there by chance.
    if sum(share is None for share in shares.values()) * 2 > len(shares):
        shares = dict.fromkeys(shares)
    return {key: mark_of(share) for key, share in shares.items()}


def mark_of(share: float | None) -> Mark:
    if share is None or EMPTY_BELOW <= share < TICKED_FROM or share >= BLACK_FROM:
        return Mark.UNSURE
    return Mark.TICKED if share >= TICKED_FROM else Mark.EMPTY


def share_of_ink(picture: Image.Image, lies: Projection, box: BoxAt) -> float | None:
    """How much of a box's inside is ink, from 0 to 1; None where its lines are not seen where it should be."""
    across = int((box.size + 2 * AROUND) * FINE)
    window = picture.transform(
        (across, across),
        Image.Transform.PERSPECTIVE,
        seen_from(lies, box.x - AROUND, box.y - AROUND, FINE),
        Image.Resampling.BILINEAR,
        fillcolor=255,
    )
    by = drift(window.resize((across, 1), Image.Resampling.BOX), box.size)
    down = drift(window.resize((1, across), Image.Resampling.BOX), box.size)
    if by is None or down is None:
        return None
    begin, end = (AROUND + LINE) * FINE, (AROUND + box.size - LINE) * FINE
    inside = window.crop((int(begin + by), int(begin + down), int(end + by + 1), int(end + down + 1)))
    paper = percentile(window.histogram(), 0.9)
    darkest = percentile(window.histogram(), 0.02)
    limit = paper - max(paper - darkest, 60) * INK
    counted = inside.histogram()
    return sum(counted[: max(int(limit), 0)]) / max(sum(counted), 1)


def drift(profile: Image.Image, size: float) -> int | None:
    """By how many pixels the two lines of a box lie beside their place: where the lighter of both is darkest.

    None where no two lines stand out there: that is no box, or the page lies otherwise than thought.
    """
    values = profile.tobytes()
    span, begin = int(size * FINE), int(AROUND * FINE)
    reach = int(DRIFT * FINE)

    def lightness(by: int) -> int:
        # A line is three pixels wide here. Both must be dark: a line of a table beside the box is only one.
        first, second = begin + by, begin + by + span
        return max(sum(values[first - 1 : first + 2]), sum(values[second - 1 : second + 2]))

    best = min(range(-reach, reach + 1), key=lambda by: (lightness(by), abs(by)))
    return best if 3 * sorted(values)[len(values) // 2] - lightness(best) >= LINES_STAND_OUT else None


def percentile(counted: Sequence[int], share: float) -> int:
    left = sum(counted) * share
    for value, count in enumerate(counted):
        left -= count
        if left <= 0:
            return value
    return len(counted) - 1
