"""Sheets as they come back: printed, marked with a pen, and sent through scanners and FAX machines."""

import random
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from apps.paper.geometry import BoxAt

DPI = 200
A_MILLIMETRE = DPI / 25.4
PAPER, INK = 255, 25
# Columns of a FAX; its lines are 98 to the inch, or 196 in fine resolution (ITU-T T.4).
FAX_WIDTH, FAX_DPI, FAX_LINES, FAX_FINE_LINES = 1728, 204, 98, 196
# Grain repeats after so many lines.
STRIPE = 256
KINDS = ("plain", "noisy", "blurred", "thin", "fine FAX", "FAX")


@dataclass(frozen=True)
class MadeScan:
    """A picture, and what was marked on it."""

    picture: Image.Image
    ticked: frozenset[str]


def rendered(pdf: bytes) -> list[Image.Image]:
    """The pages as grey pictures of 200 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def scanned(page: Image.Image, boxes: list[BoxAt], kind: str, chance: random.Random) -> MadeScan:
    """The page with a third of its boxes marked, turned, moved, and spoilt in one of the KINDS."""
    marked = page.copy()
    ticked = frozenset(box.key for box in boxes if chance.random() < 1 / 3)
    pen = ImageDraw.Draw(marked)
    for box in boxes:
        if box.key in ticked:
            mark(pen, box, chance)
    turned = turned_by(marked, chance.uniform(-5, 5), chance.uniform(-20, 20), chance.uniform(-20, 20))
    spoilt = SPOIL[kind](turned, chance)
    return MadeScan(spoilt.rotate(chance.choice((0, 90, 180, 270)), expand=True), ticked)


def mark(pen: ImageDraw.ImageDraw, box: BoxAt, chance: random.Random) -> None:
    """A hook, a cross or a dot, by a pen of 0.4 to 0.8 mm and a hand that is not steady."""
    side, wide = box.size * A_MILLIMETRE, chance.choice((3, 4, 5, 6))

    def at(x: float, y: float) -> tuple[float, float]:
        shake = chance.uniform(-0.12, 0.12), chance.uniform(-0.12, 0.12)
        return box.x * A_MILLIMETRE + (x + shake[0]) * side, box.y * A_MILLIMETRE + (y + shake[1]) * side

    shape = chance.choice(("hook", "cross", "dot"))
    if shape == "hook":
        pen.line([at(0.1, 0.5), at(0.4, 0.9), at(1.1, -0.1)], fill=INK, width=wide, joint="curve")
    elif shape == "cross":
        pen.line([at(0.1, 0.1), at(0.9, 0.9)], fill=INK, width=wide)
        pen.line([at(0.9, 0.1), at(0.1, 0.9)], fill=INK, width=wide)
    else:
        x, y = at(0.5, 0.5)
        pen.ellipse([x - side * 0.28, y - side * 0.28, x + side * 0.28, y + side * 0.28], fill=INK)


def turned_by(picture: Image.Image, angle: float, right: float, down: float) -> Image.Image:
    return picture.rotate(angle, Image.Resampling.BILINEAR, translate=(right, down), fillcolor=PAPER)


def noisy(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Every pixel lighter or darker by up to so much of the whole way from black to white."""
    strength = chance.uniform(0.3, 0.9)
    grain = Image.frombytes("L", (picture.width, STRIPE), chance.randbytes(picture.width * STRIPE))
    grain = grain.point(lambda value: int(128 + (value - 128) * strength))
    everywhere = Image.new("L", picture.size)
    for top in range(0, picture.height, STRIPE):
        everywhere.paste(grain, (0, top))
    return ImageChops.add(picture, everywhere, offset=-128)


def blurred(picture: Image.Image, chance: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.BoxBlur(chance.uniform(1.0, 2.5)))


def thinned(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Every line loses a pixel at both sides."""
    beside = ImageChops.lighter(
        picture, ImageChops.lighter(ImageChops.offset(picture, 1, 0), ImageChops.offset(picture, -1, 0))
    )
    return ImageChops.lighter(
        beside, ImageChops.lighter(ImageChops.offset(beside, 0, 1), ImageChops.offset(beside, 0, -1))
    )


def faxed(picture: Image.Image, chance: random.Random, lines: int) -> Image.Image:
    """In black and white, in the columns and lines of a FAX, with specks of a bad telephone line."""
    high = int(picture.height * FAX_WIDTH / picture.width * lines / FAX_DPI)
    sent = picture.resize((FAX_WIDTH, high), Image.Resampling.BOX).point(lambda value: 255 if value > 150 else 0)
    for _ in range(400):
        sent.putpixel((chance.randrange(sent.width), chance.randrange(sent.height)), chance.choice((0, 255)))
    return sent


SPOIL = {
    "plain": lambda picture, chance: picture,
    "noisy": noisy,
    "blurred": blurred,
    "thin": thinned,
    "fine FAX": lambda picture, chance: faxed(picture, chance, FAX_FINE_LINES),
    "FAX": lambda picture, chance: faxed(picture, chance, FAX_LINES),
}
