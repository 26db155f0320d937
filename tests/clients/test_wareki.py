"""Days as people in Japan write them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.clients import wareki


@pytest.mark.parametrize(
    "text",
    [
        "S23.4.1",
        "s23.4.1",
        "Ｓ２３．４．１",
        "S23/4/1",
        "S23-04-01",
        "昭和23年4月1日",
        "昭和２３年４月１日",
        "昭23.4.1",
        "㍼23年4月1日",
        "1948-04-01",
        "1948/4/1",
        "1948.4.1",
        "1948年4月1日",
        "19480401",
        " 1948-04-01 ",
    ],
)
def test_a_day_is_understood_however_it_is_written(text):
    assert wareki.parse(text) == date(1948, 4, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("H31.4.30", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("T15.12.25", date(1926, 12, 25)),
        ("M45.7.30", date(1912, 7, 30)),
        ("H4.2.29", date(1992, 2, 29)),
        # The day on which an era changed is found written in both.
        ("S64.1.8", date(1989, 1, 8)),
    ],
)
def test_the_first_and_last_days_of_eras_are_understood(text, day):
    assert wareki.parse(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("S23.2.30", "no_such_day"),
        ("1948-02-30", "no_such_day"),
        ("H5.2.29", "no_such_day"),
        ("1948-13-01", "no_such_day"),
        ("19480230", "no_such_day"),
        ("S64.1.9", "not_in_era"),
        ("S65.4.1", "not_in_era"),
        ("H1.1.7", "not_in_era"),
        ("H31.5.2", "not_in_era"),
        ("R1.4.30", "not_in_era"),
        ("S0.4.1", "not_in_era"),
        ("M1.1.1", "not_in_era"),
        ("S23.4", "not_a_date"),
        ("S23", "not_a_date"),
        ("慶応3年4月1日", "not_a_date"),
        ("X23.4.1", "not_a_date"),
        ("1.4.1948", "not_a_date"),
        ("yesterday", "not_a_date"),
        ("٢٠٠٠-01-01x", "not_a_date"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_its_own_sentence(text, code):
    with pytest.raises(ValidationError) as trouble:
        wareki.parse(text)
    assert trouble.value.code == code
    assert "%(" not in trouble.value.messages[0]


@given(st.dates(min_value=date(1868, 1, 25), max_value=date(2060, 12, 31)))
def test_what_is_written_is_read_back(day):
    assert wareki.parse(wareki.written(day)) == day
    assert wareki.parse(day.isoformat()) == day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(1948, 4, 1), "昭和23年4月1日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1867, 1, 1), "1867年1月1日"),
    ],
)
def test_days_are_written_with_their_era(day, text):
    assert wareki.written(day) == text
