"""The calendar: what stands in it for whom, at any time of the year, in a constant number of queries."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Entry
from apps.calendars import queries
from apps.calendars.queries.lanes import laned
from apps.calendars.queries.periods import Period, View
from apps.directory.models import Holiday
from apps.visits import actions
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_slot, make_visit

TOKYO = ZoneInfo("Asia/Tokyo")


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=TOKYO)


@pytest.fixture
def facility(cast):
    """Of suzuki's organization."""
    return make_facility(cast.suzuki, organization=cast.aozora, name="こどもの家 つくし")


@pytest.fixture
def address(cast):
    return f"/e/{cast.environment.slug}/calendar/"


def shown(member, on, view=View.WEEK, **sought):
    return queries.calendar_of(member, queries.Sought(Period(view, on), **sought), today=on)


def days_with(calendar):
    return [day.day for day in calendar.days if day.events]


# -- what stands in it for whom


def test_a_facility_sees_its_own_times_and_the_desk_those_with_visits(cast, facility):
    mine, other = make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 14, 10)), make_facility(cast.tanaka)
    booked = make_slot(cast.tanaka, other, starts_at=at(2030, 5, 15, 10))
    make_visit(booked, cast.tanaka)

    of_facility, of_desk = (shown(who, date(2030, 5, 14)) for who in (cast.suzuki, cast.tanaka))

    assert [event.slot for event in of_facility.events] == [mine]
    assert [event.slot for event in of_desk.events] == [booked]
    assert [event.slot for event in shown(cast.tanaka, date(2030, 5, 14), facility=facility).events] == [mine]


def test_who_comes_along_has_a_calendar_of_their_own(cast, facility):
    for hour, person in ((10, cast.tanaka), (13, None)):
        slot = make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 14, hour))
        make_visit(slot, cast.tanaka, accompanied_by=person)

    assert len(shown(cast.tanaka, date(2030, 5, 14)).events) == 2
    assert [event.begins for event in shown(cast.tanaka, date(2030, 5, 14), is_own=True).events] == [600]


def booked_for_hana(cast, slot):
    held = actions.hold_place(slot=slot, age_group="adult", need="", client=cast.hana, by=cast.tanaka)
    return actions.book_visit(
        visit=held,
        agreed=actions.Agreed(contact="0100", signer="guardian", signer_name="佐々木", relation="母"),
        by=cast.tanaka,
    )


def test_a_name_is_read_by_the_office_that_books_and_by_the_facility_once_it_opened_the_booking(
    cast, address, browser_of
):
    facility = make_facility(cast.takahashi, organization=cast.takahashi.organization)
    slot = make_slot(cast.takahashi, facility)
    visit = booked_for_hana(cast, slot)
    where = f"{address}?on={timezone.localdate(slot.starts_at)}&whose={facility.pk}"

    def reads(person):
        return cast.hana.name in browser_of(person).get(where).content.decode()

    assert reads(cast.tanaka) and not reads(cast.takahashi) and not reads(cast.ishii)
    actions.open_booking(visit=visit, by=cast.takahashi)
    assert reads(cast.takahashi) and not reads(cast.ishii)
    looks = Entry.objects.filter(verb="calendars.shown").values_list("member_id", "detail")
    assert sorted(looks, key=str) == sorted(
        [(one.pk, {"clients": [str(cast.hana.pk)]}) for one in (cast.tanaka, cast.takahashi)], key=str
    )


def test_a_closed_day_and_a_holiday_are_marked_with_their_names(cast, facility, address, browser_of):
    Holiday.objects.get_or_create(date=date(2030, 5, 14), defaults={"name": "試しの祝日"})
    actions.close_day(facility=facility, day=date(2030, 5, 15), reason="illness", by=cast.suzuki)

    page = browser_of(cast.suzuki).get(f"{address}?on=2030-05-14").content.decode()

    assert "試しの祝日" in page and "感染症" in page


@pytest.mark.parametrize("wanted", ["?on=2030-02-30", "?on=gestern", "?on=1999-12-31", "?on=2100-01-01"])
def test_a_day_that_is_none_is_said(cast, address, browser_of, wanted):
    answer = browser_of(cast.tanaka).get(f"{address}{wanted}")

    assert answer.status_code == 422 and "表示できない日付" in answer.content.decode()


@pytest.mark.parametrize("view", ["day", "week", "list", "nonsense"])
def test_an_empty_calendar_says_so_to_the_last_day(cast, address, browser_of, view):
    for on in ("2000-01-01", "2099-12-31"):
        answer = browser_of(cast.tanaka).get(f"{address}?view={view}&on={on}")
        assert answer.status_code == 200 and "見学はありません" in answer.content.decode()


def test_an_empty_week_leads_to_the_next_four_and_one_with_a_visit_does_not(cast, facility, address, browser_of):
    make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 14, 10))

    empty, other = (
        browser_of(cast.suzuki).get(address, {"view": "week", "on": on}) for on in ("2030-05-21", "2030-05-14")
    )

    assert "view=list&amp;on=2030-05-21" in empty.content.decode()
    assert "calendar-empty" not in other.content.decode()


def test_a_saturday_is_told_apart_unless_it_is_a_holiday(cast):
    Holiday.objects.create(date=date(2030, 5, 18), name="臨時の休日")

    days = {day.day: day for on in (date(2030, 5, 11), date(2030, 5, 18)) for day in shown(cast.sato, on).days}

    assert [days[date(2030, 5, nth)].is_saturday for nth in (10, 11, 12, 18)] == [False, True, False, False]
    assert [days[date(2030, 5, nth)].is_off for nth in (10, 11, 12, 18)] == [False, True, True, True]


def test_a_calendar_of_somebody_else_is_missing(cast, facility, address, browser_of):
    other = make_facility(cast.tanaka)

    for whose in (other.pk, cast.hana.pk, "x"):
        assert browser_of(cast.suzuki).get(f"{address}?whose={whose}").status_code == 404


@pytest.mark.parametrize("person", ["tanaka", "suzuki"])
def test_many_visits_cost_no_more_queries_than_few(cast, facility, address, browser_of, person):
    browser, where = browser_of(cast[person]), f"{address}?on=2030-05-14&view=list"

    def visit(*hours):
        for hour in hours:
            slot = make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 14, hour), capacity=2)
            make_visit(slot, cast.tanaka), make_visit(slot, cast.sato, place=2)

    def queries_needed():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(where).status_code == 200
        return len(seen)

    visit(9)
    queries_needed()
    few = queries_needed()
    visit(10, 11, 12, 13, 14)
    assert queries_needed() == few


# -- side by side


@pytest.mark.parametrize(
    ("spans", "lanes"),
    [
        ([], []),
        ([(600, 660), (660, 720)], [(0, 1), (0, 1)]),
        ([(600, 660), (630, 690), (690, 720)], [(0, 2), (1, 2), (0, 1)]),
        ([(600, 720), (600, 630), (630, 660), (720, 780)], [(0, 2), (1, 2), (1, 2), (0, 1)]),
        # Drawn half an hour high, so the next one stands beside it.
        ([(600, 610), (615, 660)], [(0, 2), (1, 2)]),
    ],
)
def test_what_overlaps_stands_side_by_side(spans, lanes):
    assert laned(spans) == lanes


# -- time


def test_a_day_begins_at_midnight_in_japan(cast, facility):
    make_visit(make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 14, 0)), cast.tanaka)
    make_visit(make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 13, 23)), cast.tanaka)

    assert [event.begins for event in shown(cast.tanaka, date(2030, 5, 14), View.DAY).events] == [0]
    assert [event.ends for event in shown(cast.tanaka, date(2030, 5, 13), View.DAY).events] == [1440]


def test_a_time_over_midnight_stands_on_both_days(cast, facility):
    late = make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 14, 23, 30))
    make_visit(late, cast.tanaka)

    week = shown(cast.tanaka, date(2030, 5, 14))
    assert days_with(week) == [date(2030, 5, 14), date(2030, 5, 15)]
    assert [(event.begins, event.ends) for event in week.events] == [(1410, 1440), (0, 30)]
    assert (week.first_hour, week.last_hour) == (0, 24)


def test_a_week_over_the_year_end_is_one_week_with_its_marks(cast, facility):
    Holiday.objects.get_or_create(date=date(2031, 1, 1), defaults={"name": "元日"})
    make_visit(make_slot(cast.suzuki, facility, starts_at=at(2030, 12, 31, 10)), cast.tanaka)
    make_visit(make_slot(cast.suzuki, facility, starts_at=at(2031, 1, 3, 10)), cast.tanaka)

    week = shown(cast.tanaka, date(2031, 1, 1))

    assert (week.days[0].day, week.days[-1].day) == (date(2030, 12, 30), date(2031, 1, 5))
    assert days_with(week) == [date(2030, 12, 31), date(2031, 1, 3)]
    marks = ["年末年始", "年末年始", "元日", "年末年始", "年末年始", "", ""]
    assert [str(day.holiday) for day in week.days] == marks


def test_a_leap_day_has_its_place(cast, facility):
    make_visit(make_slot(cast.suzuki, facility, starts_at=at(2028, 2, 29, 10)), cast.tanaka)

    assert Period(View.DAY, date(2028, 2, 28)).after == date(2028, 2, 29) == Period(View.DAY, date(2028, 3, 1)).before
    assert days_with(shown(cast.tanaka, date(2028, 2, 29))) == [date(2028, 2, 29)]
    assert date(2028, 2, 29) in Period(View.LIST, date(2028, 2, 7)).days


def test_a_holiday_moved_by_law_stands_where_the_law_put_it(cast, facility):
    """山の日 of 2021 was moved from 11 to 8 August, with a day off on the 9th, by a law of its own."""
    for day, name in ((8, "山の日"), (9, "休日")):
        Holiday.objects.update_or_create(date=date(2021, 8, day), defaults={"name": name})

    days = {day.day: day.holiday for day in shown(cast.tanaka, date(2021, 8, 10), View.LIST).days}
    week = {day.day: day.holiday for day in shown(cast.tanaka, date(2021, 8, 8)).days}

    assert week[date(2021, 8, 8)] == "山の日"
    assert days[date(2021, 8, 11)] == ""


def test_a_hold_that_ran_out_stands_there_no_more(cast, facility):
    slot = make_slot(cast.suzuki, facility, starts_at=at(2030, 5, 14, 10))
    past = timezone.now() - timedelta(hours=1)
    make_held(slot, cast.tanaka, held_at=past, held_until=past + timedelta(minutes=5))

    assert shown(cast.tanaka, date(2030, 5, 14)).events == []
