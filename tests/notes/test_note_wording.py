"""How the text of a note is read: safe whatever is typed, with headings, tables and check lists."""

import pytest

from apps.notes import wording
from apps.notes.queries import compared


def html_of(text):
    [block] = wording.blocks(text)
    return block


def test_headings_begin_below_the_pages_own():
    assert [(one.level, one.html) for one in wording.blocks("# 会議\n## 決定\n＃　全角")] == [
        (2, "会議"),
        (3, "決定"),
        (2, "全角"),
    ]


def test_a_table_has_its_first_line_as_head_and_rows_of_one_length():
    block = html_of("| 曜日 | 内容 |\n|---|:--|\n| 月 | 訪問 | 10時 |\n｜ - ｜")

    assert block.head == ("曜日", "内容", "")
    assert block.rows == (("月", "訪問", "10時"), ("-", "", ""))


def test_lines_that_can_be_ticked_are_counted_through_the_note():
    text = "- [ ] 一\n\n語\n- [x] 二\n・［　］ 三\n- 項目"

    assert [(one.number, one.line, one.text, one.is_done) for one in wording.checks_of(text)] == [
        (1, 0, "一", False),
        (2, 3, "二", True),
        (3, 4, "三", False),
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_tick_changes_one_sign_and_nothing_else(number):
    text = "# 今週\n- [ ] 一  \n・［　］ 二\n- [] 三\n| a | b |"
    one = wording.checks_of(text)[number - 1]

    ticked = wording.ticked(text, one, is_done=True)

    assert [other.is_done for other in wording.checks_of(ticked)] == [nth == number for nth in (1, 2, 3)]
    assert ticked.split("\n")[one.line] != text.split("\n")[one.line]
    assert sum(a != b for a, b in zip(ticked.split("\n"), text.split("\n"), strict=True)) == 1


def test_code_is_kept_letter_for_letter():
    assert [one.kind for one in wording.blocks("```\n# kein\n- [ ] nichts\n| a |\n```")] == ["words"]
    assert wording.checks_of("```\n- [ ] nichts\n```") == []


@pytest.mark.parametrize(
    "text", ["# <script>", "| <img onerror=x> |", "- [ ] <b>", "<iframe>", "**<i>**", "# [x](javascript:alert(1))"]
)
def test_nothing_typed_becomes_an_element_of_its_own_making(text):
    block = html_of(text)
    shown = [block.html, *block.head, *(one.html for one in block.checks)]

    assert not any(tag in part for part in shown for tag in ("<script", "<img", "<b>", "<iframe", "<i>", "href"))


def test_two_texts_are_compared_line_by_line_with_what_is_far_away_left_out():
    before = "\n".join(str(one) for one in range(20))
    lines = compared(before, before.replace("10", "十"))

    assert [(one.kind, one.text or one.count) for one in lines if one.kind != "same"] == [
        ("left", 7),
        ("gone", "10"),
        ("new", "十"),
        ("left", 6),
    ]
    assert compared("同じ", "同じ") == []
