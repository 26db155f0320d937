"""A printed sheet: one for each receiver, with its own code on every page, and boxes that are where they are said to be."""

import io

import pytest
from pypdf import PdfReader

from apps.paper.blocks import Choice, Ticks
from apps.paper.codes import in_groups, new_code
from apps.paper.printing import draw, page_address
from apps.paper.reading import seen_on
from tests.paper.blocks import QUESTIONS, words_for
from tests.paper.scans import A_MILLIMETRE, rendered

MANY = tuple(Ticks(f"質問{at}", (Choice(f"{at}.1", "はい"), Choice(f"{at}.2", "いいえ"))) for at in range(30))


@pytest.fixture(scope="module")
def two():
    words = [words_for(new_code(), "放課後等デイサービス あおぞら"), words_for(new_code(), "児童発達支援 ひだまり")]
    return words, draw(words, QUESTIONS)


def test_each_receiver_has_one_page_with_their_own_name_and_code(two):
    words, drawn = two
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(drawn.content)).pages]

    assert len(texts) == 2
    for mine, other, text in ((words[0], words[1], texts[0]), (words[1], words[0], texts[1])):
        assert mine.made_for in text
        assert in_groups(mine.code) in text
        assert other.made_for not in text
        assert in_groups(other.code) not in text


def test_the_qr_code_of_each_page_leads_to_its_sheet(two):
    words, drawn = two

    assert [[seen.text for seen in seen_on(page)] for page in rendered(drawn.content)] == [
        [one.address] for one in words
    ]


def test_every_box_is_where_the_layout_says(two):
    _, drawn = two
    page = rendered(drawn.content)[0]

    for box in drawn.layouts[0].boxes:
        across = int((box.x + box.size / 2) * A_MILLIMETRE)
        upper = [page.getpixel((across, int(box.y * A_MILLIMETRE) + by)) for by in (-2, -1, 0, 1, 2)]
        lower = [page.getpixel((across, int((box.y + box.size) * A_MILLIMETRE) + by)) for by in (-2, -1, 0, 1, 2)]
        assert min(upper) < 100
        assert min(lower) < 100
        assert page.getpixel((across, int((box.y + box.size / 2) * A_MILLIMETRE))) > 200


def test_a_long_sheet_counts_its_pages_and_marks_each():
    words = [words_for(new_code()), words_for(new_code())]
    drawn = draw(words, MANY)
    pages = rendered(drawn.content)

    assert [layout.pages for layout in drawn.layouts] == [3, 3]
    assert {box.page for box in drawn.layouts[1].boxes} == {1, 2, 3}
    wanted = [page_address(one.address, page) for one in words for page in (1, 2, 3)]
    assert [seen_on(page)[0].text for page in pages] == wanted
    assert all(seen_on(page)[0].lies for page in pages)


def test_the_same_sheet_gives_the_same_bytes(two):
    words, drawn = two

    assert draw(words, QUESTIONS).content == drawn.content
