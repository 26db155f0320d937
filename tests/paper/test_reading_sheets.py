"""Two hundred sheets go out, are marked, and come back from scanners and FAX machines."""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from PIL import Image, ImageDraw

from apps.paper.codes import new_code
from apps.paper.geometry import BoxAt, in_perspective
from apps.paper.printing import Layout, draw
from apps.paper.reading import Mark, marks_in, ready, seen_on
from tests.paper.blocks import QUESTIONS, words_for
from tests.paper.scans import A_MILLIMETRE, KINDS, rendered, scanned, turned_by

SCANS = 200
PRINTED = 4


@dataclass(frozen=True)
class Printed:
    address: str
    page: Image.Image
    layout: Layout

    @property
    def boxes(self) -> list[BoxAt]:
        return list(self.layout.boxes)


@dataclass
class Tally:
    """What was read of many scans."""

    matched: int = 0
    straightened: int = 0
    marks: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def sheets():
    words = [words_for(new_code()) for _ in range(PRINTED)]
    drawn = draw(words, QUESTIONS)
    pages = rendered(drawn.content)
    return [Printed(one.address, page, layout) for one, page, layout in zip(words, pages, drawn.layouts, strict=True)]


@pytest.fixture(scope="module")
def tally(sheets):
    found = Tally()
    for number in range(SCANS):
        sheet = sheets[number % PRINTED]
        scan = scanned(sheet.page, sheet.boxes, KINDS[number % len(KINDS)], random.Random(number))
        picture = ready(scan.picture)
        seen = [one for one in seen_on(picture) if one.text == sheet.address]
        if seen:
            found.matched += 1
            found.straightened += seen[0].lies is not None
            for key, mark in marks_in(picture, seen[0].lies, sheet.boxes).items():
                true = Mark.TICKED if key in scan.ticked else Mark.EMPTY
                found.marks["unsure" if mark == Mark.UNSURE else "right" if mark == true else "wrong"] += 1
    return found


def test_98_of_100_scans_find_their_sheet(tally):
    assert tally.matched >= SCANS * 0.98
    assert tally.straightened >= SCANS * 0.98


def test_a_mark_is_read_right_or_said_to_be_unsure(tally):
    read = tally.marks.total()

    assert tally.marks["wrong"] <= read * 0.001
    assert tally.marks["unsure"] <= read * 0.01


def photographed(page):
    """By a camera that is nearer to the lower edge of the sheet than to its upper one, and a little aslant."""
    width, height = page.size
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [
        (-0.05 * width, -0.04 * height),
        (1.06 * width, -0.03 * height),
        (0.985 * width, 1.02 * height),
        (0.01 * width, 1.01 * height),
    ]
    lies = in_perspective(list(zip(corners, seen, strict=True)))
    return page.transform(page.size, Image.Transform.PERSPECTIVE, lies, Image.Resampling.BILINEAR, fillcolor=255)


def torn_off(page):
    """Without its lower left corner."""
    torn = page.copy()
    ImageDraw.Draw(torn).rectangle([0, torn.height - 30 * A_MILLIMETRE, 30 * A_MILLIMETRE, torn.height], fill=255)
    return torn


def test_a_photo_from_the_side_is_straightened(sheets):
    sheet = sheets[0]
    photo = photographed(sheet.page)

    seen = seen_on(ready(photo))

    assert [one.text for one in seen] == [sheet.address]
    assert set(marks_in(ready(photo), seen[0].lies, sheet.boxes).values()) == {Mark.EMPTY}


def test_a_photo_from_the_side_without_a_corner_is_left_to_a_person(sheets):
    sheet = sheets[0]
    photo = photographed(torn_off(sheet.page))

    seen = seen_on(ready(photo))

    assert set(marks_in(ready(photo), seen[0].lies, sheet.boxes).values()) == {Mark.UNSURE}


def test_a_sheet_whose_corner_is_torn_off_is_still_read(sheets):
    sheet = sheets[0]
    picture = turned_by(torn_off(sheet.page), 2.0, 5, -5)

    seen = seen_on(picture)

    assert set(marks_in(picture, seen[0].lies, sheet.boxes).values()) == {Mark.EMPTY}


def test_without_its_squares_a_sheet_is_known_and_every_box_unsure(sheets):
    sheet = sheets[0]
    cut = sheet.page.copy()
    ImageDraw.Draw(cut).rectangle([0, cut.height / 2, cut.width, cut.height], fill=255)

    seen = seen_on(cut)

    assert [one.text for one in seen] == [sheet.address]
    assert set(marks_in(cut, seen[0].lies, sheet.boxes).values()) == {Mark.UNSURE}


def test_a_box_blacked_out_is_left_to_a_person(sheets):
    sheet = sheets[0]
    page, box = sheet.page.copy(), sheet.boxes[3]
    corner = box.x * A_MILLIMETRE, box.y * A_MILLIMETRE
    side = box.size * A_MILLIMETRE
    ImageDraw.Draw(page).rectangle([*corner, corner[0] + side, corner[1] + side], fill=10)

    seen = seen_on(page)

    assert marks_in(page, seen[0].lies, sheet.boxes)[box.key] == Mark.UNSURE


def test_another_paper_is_read_as_nothing():
    assert seen_on(Image.new("L", (1654, 2339), 255)) == []
