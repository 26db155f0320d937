"""Results counted: every table adds up to the number of replies, whatever was answered or left open."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.surveys.results.columns import all_columns, cells, heads
from apps.surveys.results.counting import cross, cross_by, measures, tally
from apps.surveys.results.dimensions import attributes, beside_places, classes, topics
from apps.surveys.results.given import Given
from apps.surveys.values import Asked

QUESTIONS = [
    (Asked(1, "single", choices={1: "はい", 2: "いいえ"}), "利用できますか"),
    (Asked(2, "single", choices={1: "満員", 2: "地域外"}, shown_if=(1, 2)), "理由"),
    (Asked(3, "multiple", choices={1: "月", 2: "火", 3: "水"}), "対応できる曜日"),
    (Asked(4, "number", settings={"unit": "人"}), "空き人数"),
    (Asked(5, "date"), "いつから"),
    (Asked(6, "date_poll", choices={1: "11月27日", 2: "11月30日"}), "候補日"),
    (Asked(7, "time"), "訪問できる時刻"),
    (Asked(8, "scale", settings={"min": 1, "max": 5, "from": "低い", "to": "高い"}), "満足度"),
    (Asked(9, "matrix", choices={1: "○", 2: "×"}, rows={1: "未就学", 2: "小学生"}), "区分"),
    (Asked(10, "text"), "ご意見"),
    (
        Asked(
            11, "availability", settings={"weekdays": ["mon", "wed"], "bands": ["after_school"], "ages": ["primary"]}
        ),
        "空き",
    ),
    (Asked(12, "file"), "写真"),
]
SENT = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)

ANSWERS: dict[int, st.SearchStrategy[Any]] = {
    1: st.sampled_from([1, 2]),
    3: st.lists(st.sampled_from([1, 2, 3]), min_size=1, unique=True).map(sorted),
    4: st.integers(0, 10**6) | st.decimals(0, 100, places=2).map(str),
    5: st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(str),
    6: st.dictionaries(st.sampled_from(["1", "2"]), st.sampled_from(["yes", "maybe", "no"]), min_size=1),
    7: st.times().map(lambda at: at.strftime("%H:%M")),
    8: st.integers(1, 5),
    9: st.dictionaries(st.sampled_from(["1", "2"]), st.sampled_from([1, 2]), min_size=1),
    10: st.text(min_size=1),
    11: st.fixed_dictionaries(
        {"medical_care": st.sampled_from([None, True, False])},
        optional={
            "cells": st.dictionaries(
                st.sampled_from(["mon.after_school.primary", "wed.after_school.primary"]),
                st.sampled_from(["free", "ask", "full"]) | st.integers(0, 99),
            )
        },
    ),
    12: st.lists(st.uuids().map(str), min_size=1, max_size=3, unique=True),
}


@st.composite
def replies_given(draw: st.DrawFn) -> list[Given]:
    """As many replies as there may be, each with any of its questions left open."""
    return [one_reply(draw, number) for number in range(draw(st.integers(0, 25)))]


def one_reply(draw: st.DrawFn, number: int) -> Given:
    told = {asked: draw(answer) for asked, answer in ANSWERS.items() if draw(st.booleans())}
    if told.get(1) == 2 and draw(st.booleans()):
        told[2] = draw(st.sampled_from([1, 2]))
    kind = draw(st.sampled_from(["", "診療所", "薬局"]))
    channel, area = draw(st.sampled_from(["ログイン", "電話"])), draw(st.sampled_from(["", "登米市", "登米市 迫町"]))
    return Given(number, f"事業所{number}", kind, channel, sent_at=SENT, answers=told, area=area)


def reply(number: int = 1, **answers: Any) -> Given:
    return Given(
        number,
        f"事業所{number}",
        "診療所",
        "ログイン",
        sent_at=SENT,
        answers={int(key[1:]): told for key, told in answers.items()},
    )


@pytest.fixture(autouse=True)
def in_japanese():
    with override("ja"):
        yield


def dimensions(replies):
    asked = [one for topic in topics(QUESTIONS, replies) for one in topic.dimensions]
    beside = [one for question, text in QUESTIONS for one in beside_places(question, text)]
    return [*asked, *beside, *attributes(replies)]


@given(replies_given())
@settings(max_examples=60, deadline=None)
def test_every_table_adds_up_to_the_number_of_replies(replies):
    for one in dimensions(replies):
        assert tally(one, replies).total == len(replies)


@given(replies_given(), st.data())
@settings(max_examples=60, deadline=None)
def test_every_crossing_of_three_adds_up_with_its_margins(replies, data):
    known = st.sampled_from(dimensions(replies))
    rows, columns, layers = data.draw(known), data.draw(known), data.draw(known)

    whole, tables = cross(rows, columns, replies), cross_by(layers, rows, columns, replies)

    assert whole.total == sum(one.total for one in tables) == len(replies)
    assert sum(whole.column_sums) == sum(total for _head, _numbers, total in whole.lines) == len(replies)
    assert [sum(total) for total in whole.cells] == [one.number for one in tally(rows, replies).counts]
    for row, column in product(range(len(rows.heads)), range(len(columns.heads))):
        assert whole.cells[row][column] == sum(one.cells[row][column] for one in tables)


def test_what_was_not_asked_is_told_apart_from_what_was_not_answered():
    replies = [reply(1, q1=1), reply(2, q1=2), reply(3, q1=2, q2=1), reply(4)]
    [found] = [one for one in dimensions(replies) if one.key == "q2"]

    counts = {one.label: one.number for one in tally(found, replies).counts}

    assert counts == {"満員": 1, "地域外": 0, "対象外": 2, "無回答": 1}


def test_several_choices_are_counted_each_for_itself():
    replies = [reply(1, q3=[1, 3]), reply(2, q3=[3]), reply(3)]
    found = [tally(one, replies) for one in dimensions(replies) if one.key.startswith("q3.")]

    assert [(one.dimension.part, [count.number for count in one.counts]) for one in found] == [
        ("月", [1, 1, 1]),
        ("火", [0, 2, 1]),
        ("水", [2, 0, 1]),
    ]


def test_numbers_are_added_up_exactly():
    replies = [reply(1, q4="0.1"), reply(2, q4="0.2"), reply(3, q4=4), reply(4)]
    [topic] = [one for one in topics(QUESTIONS, replies) if one.question.number == 4]
    found = measures(topic, replies)

    assert (str(found.total), str(found.mean), str(found.middle), found.count) == ("4.3", "1.4", "0.2", 3)


def test_many_numbers_are_gathered_in_classes_that_people_count_in():
    assert [str(edge) for edge in classes(Decimal(0), Decimal(47))] == ["0", "10", "20", "30", "40", "50"]
    assert [f"{edge:f}" for edge in classes(Decimal("0.2"), Decimal("0.9"))] == ["0.2", "0.4", "0.6", "0.8", "1"]


def test_the_bars_of_a_line_fill_it():
    replies = [reply(number, q6={"1": mark}) for number, mark in enumerate(["yes", "yes", "no"], start=1)] + [reply(4)]
    [found] = [one for one in dimensions(replies) if one.key == "q6.1"]

    bars = tally(found, replies).bars

    assert [(bar.pattern, bar.start, bar.width) for bar in bars] == [("0", 0, 50), ("2", 50, 25), ("none", 75, 25)]


def test_an_office_is_one_line_with_a_column_for_each_part():
    columns = all_columns(QUESTIONS)
    told = reply(1, q1=1, q3=[1, 3], q4=2, q5="2026-12-01", q6={"2": "maybe"}, q9={"1": 2}, q10="はい")

    line = dict(zip(heads(columns), cells(columns, told), strict=True))

    assert line["回答日時"] == "2026/11/20 09:30"
    assert line["3. 対応できる曜日"] == "月 / 水"
    assert line["4. 空き人数"] == 2
    assert (line["6. 候補日: 11月27日"], line["6. 候補日: 11月30日"]) == ("", "△")
    assert (line["9. 区分: 未就学"], line["9. 区分: 小学生"]) == ("×", "")
    assert line["2. 理由"] == ""


def test_free_places_are_counted_cell_by_cell_and_a_number_is_free():
    cell = "mon.after_school.primary"
    replies = [reply(n, q11={"cells": {cell: said}}) for n, said in enumerate(["free", 2, "ask", 0, "full"], start=1)]
    replies.append(reply(6, q11={"cells": {}, "medical_care": True, "from": "2027-04-01"}))
    [found] = [one for one in dimensions(replies) if one.key == f"q11.{cell}"]

    assert found.part == "小学生 放課後 月"
    assert {one.label: one.number for one in tally(found, replies).counts} == {"○": 2, "△": 1, "×": 2, "無回答": 1}
    line = dict(zip(heads(all_columns(QUESTIONS)), cells(all_columns(QUESTIONS), replies[1]), strict=True))
    assert line["11. 空き: 小学生 放課後 月"] == 2
    last = dict(zip(heads(all_columns(QUESTIONS)), cells(all_columns(QUESTIONS), replies[5]), strict=True))
    assert (last["11. 空き: 医療的ケア"], last["11. 空き: いつから"]) == ("可能", "2027-04-01")
