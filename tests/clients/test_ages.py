"""Ages and school years, by the law's counting."""

from datetime import date

import pytest
from django.utils import translation

from apps.clients.ages import grade, is_child

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        # By law an age is reached on the eve of the birthday: who is born on 1 April belongs to the year before.
        (date(2020, 4, 1), "小学1年生"),
        (date(2020, 4, 2), "年長の学年"),
        (date(2021, 4, 1), "年長の学年"),
        (date(2021, 4, 2), "年中の学年"),
        (date(2022, 5, 14), "年少の学年"),
        (date(2024, 6, 1), "就園前"),
        (date(2014, 4, 2), "小学6年生"),
        (date(2014, 4, 1), "中学1年生"),
        (date(2011, 4, 2), "中学3年生"),
        (date(2011, 4, 1), "高校1年生の学年"),
        (date(2008, 4, 2), "高校3年生の学年"),
        (date(2008, 4, 1), ""),
        (date(1942, 3, 9), ""),
    ],
)
def test_the_school_year_follows_from_the_day_of_birth(born_on, said):
    with translation.override("ja"):
        assert grade(born_on, TODAY) == said


@pytest.mark.parametrize(("today", "said"), [(date(2026, 3, 31), "年長の学年"), (date(2026, 4, 1), "小学1年生")])
def test_the_school_year_changes_on_the_first_of_april(today, said):
    with translation.override("ja"):
        assert grade(date(2020, 4, 1), today) == said


def test_somebody_is_a_child_until_the_end_of_the_school_year_in_which_they_turn_18():
    assert is_child(date(2008, 4, 2), date(2027, 3, 31))
    assert not is_child(date(2008, 4, 2), date(2027, 4, 1))
