"""The last moment before a survey is due at which offices are open: said where it is another one."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from apps.directory.models import Holiday
from apps.surveys.models import Survey
from apps.surveys.queries import last_working_moment
from tests.surveys.makers import make_survey

pytestmark = pytest.mark.django_db


def japan(*moment):
    return datetime(*moment, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def labour_thanksgiving(db):
    return Holiday.objects.create(date=date(2027, 11, 23), name="勤労感謝の日")


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ((2026, 11, 30, 10, 0), None),
        ((2026, 11, 30, 9, 0), (2026, 11, 27, 17, 15)),
        ((2026, 11, 27, 17, 15), None),
        ((2026, 11, 27, 17, 16), (2026, 11, 27, 17, 15)),
        ((2026, 11, 30, 8, 30), (2026, 11, 27, 17, 15)),
        ((2026, 11, 29, 12, 0), (2026, 11, 27, 17, 15)),
        ((2027, 1, 3, 23, 59), (2026, 12, 28, 17, 15)),
    ],
    ids=["open", "just opened", "closing", "evening", "before opening", "Sunday", "New Year"],
)
def test_it_is_the_closing_of_the_last_working_day_unless_an_office_is_open_then(due, last):
    assert last_working_moment(japan(*due)) == (None if last is None else japan(*last))


def test_a_national_holiday_is_no_working_day(labour_thanksgiving):
    assert last_working_moment(japan(2027, 11, 23, 12, 0)) == japan(2027, 11, 22, 17, 15)
    assert last_working_moment(japan(2027, 11, 24, 8, 0)) == japan(2027, 11, 22, 17, 15)


def test_the_reader_is_told_it_beside_the_due_time_and_not_where_an_office_is_open_then(cast, browser_of):
    survey = make_survey(by=cast.sato, asks=[cast.aozora])
    page = f"/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/reply/"
    browser = browser_of(cast.suzuki)

    Survey.objects.update(due_at=japan(2100, 11, 28, 12, 0))
    assert "営業時間内では2100年11月26日(金) 17:15まで" in browser.get(page).content.decode()
    Survey.objects.update(due_at=japan(2100, 11, 26, 12, 0))
    assert "営業時間内では" not in browser.get(page).content.decode()
