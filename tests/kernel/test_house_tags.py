"""What every template may say: icons, people, days and times, values for scripts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from apps.kernel.templatetags import house

# 9:05 in Tokyo, still the evening before in Greenwich.
MOMENT = datetime(2026, 11, 21, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(("language", "said"), [("ja", "2026年11月21日(土)"), ("en", "Sat 21 November 2026")])
def test_a_day_is_written_with_its_weekday(language, said):
    with translation.override(language):
        assert house.day(date(2026, 11, 21)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "2026年11月21日(土) 9:05"), ("en", "Sat 21 November 2026, 9:05")]
)
def test_a_moment_is_written_in_the_time_of_the_office(language, said):
    with translation.override(language):
        assert house.moment(MOMENT) == said
        assert house.clock(MOMENT) == "9:05"


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (date(2019, 4, 30), "平成31年4月30日(火)"),
        (date(2019, 5, 1), "令和元年5月1日(水)"),
        (date(1942, 3, 9), "昭和17年3月9日(月)"),
        (date(1926, 12, 24), "大正15年12月24日(金)"),
    ],
)
def test_a_birthday_is_written_in_its_era(born_on, said):
    with translation.override("ja"):
        assert house.wareki(born_on) == said


def test_eras_are_not_for_readers_of_english():
    with translation.override("en"):
        assert house.wareki(date(1942, 3, 9)) == "Mon 9 March 1942"


def test_a_day_of_another_year_says_its_year():
    with translation.override("ja"):
        assert house.short_day(date(2019, 5, 1)) == "2019年5月1日(水)"
        assert not house.short_day(timezone.localdate()).startswith("20")


@pytest.mark.parametrize("filter_", [house.day, house.short_day, house.moment, house.clock, house.wareki])
def test_what_has_no_date_is_written_as_nothing(filter_):
    assert filter_(None) == ""


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=6), "6 days ago"),
    ],
)
def test_what_happened_grows_older(passed, said):
    with translation.override("en"):
        assert house.ago(timezone.now() - passed) == said


def test_after_a_week_the_day_itself_is_said():
    with translation.override("en"):
        when = timezone.now() - timedelta(days=8)

        assert house.ago(when) == house.short_day(when)


@pytest.mark.parametrize(
    ("name", "letters"), [("髙𣘺 律子", "髙"), ("佐藤　花子", "佐"), ("Anna Berg", "AB"), ("sato", "S"), ("", "?")]
)
def test_an_avatar_shows_the_first_letter(name, letters):
    assert house.initial(name) == letters


def test_the_same_person_always_has_the_same_colour():
    assert house.avatar("佐藤 花子", "7") == house.avatar("佐藤 花子", "7")
    assert len({house.avatar("佐藤 花子", key) for key in range(50)}) > 1


def test_a_name_is_written_as_text():
    assert "<b" not in house.avatar("<b", "1")


def test_an_icon_is_not_read_aloud():
    assert 'aria-hidden="true"' in house.icon("bell")


def test_a_value_in_a_script_cannot_close_it():
    assert "</script>" not in house.as_script({"name": "</script><script>alert(1)"})


def test_a_badge_stays_small():
    assert [house.at_most_99(count) for count in (3, 99, 100)] == ["3", "99", "99+"]


def test_the_import_map_carries_the_nonce_and_names_every_module():
    request = RequestFactory().get("/")
    request.csp_nonce = "abc"

    written = house.import_map({"request": request})

    assert 'nonce="abc"' in written
    assert '"kernel/announce":"/static/kernel/announce.js"' in written
    assert '"rooms/elements/room-stream":"/static/rooms/elements/room-stream.js"' in written


def test_a_page_without_a_request_has_no_import_map():
    assert house.import_map({}) == ""
