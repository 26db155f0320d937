"""Time zone, midnight, year end, leap day, a holiday moved by law, somebody born on 1 April: for times, slips, holds."""

from datetime import UTC, date, datetime, time

import pypdfium2
import pytest
import time_machine
from django.utils import translation

from apps.clients.models import Client
from apps.directory.models import Holiday
from apps.visits import actions
from apps.visits.models import Slot
from apps.visits.printing import slip_pdf, values_of
from apps.visits.queries.finding import age_group_of
from apps.visits.times import Plan, cut_off_before, days_of, due_after, moment
from tests.facilities.makers import make_facility
from tests.visits.makers import make_slot, make_visit

# 山の日 of 2021 was moved by a law of its own from 11 to 8 August, a Sunday, with the 9th as its day off.
MOVED = {date(2021, 8, 8), date(2021, 8, 9)}


def test_a_time_is_said_in_japan_and_kept_as_a_moment():
    assert moment(date(2030, 5, 14), time(0, 0)) == datetime(2030, 5, 13, 15, 0, tzinfo=UTC)
    assert moment(date(2030, 12, 31), time(23, 30)) == datetime(2030, 12, 31, 14, 30, tzinfo=UTC)


def test_around_a_moved_holiday_the_cut_off_and_the_repetition_follow_the_list_and_no_rule():
    weekly = Plan(date(2021, 8, 2), time(10), time(11), weekly_until=date(2021, 8, 16))

    assert days_of(weekly, MOVED) == [date(2021, 8, 2), date(2021, 8, 16)]
    assert cut_off_before(date(2021, 8, 10), MOVED) == moment(date(2021, 8, 6), time(17))
    # The day that was the holiday in other years is worked.
    assert cut_off_before(date(2021, 8, 12), MOVED) == moment(date(2021, 8, 11), time(17))
    assert due_after(1, date(2021, 8, 6), MOVED) == moment(date(2021, 8, 10), time(17))


def test_over_the_year_end_nothing_is_worked_but_what_was_asked_for():
    new_year = {date(2031, 1, 1)}
    weekly = Plan(date(2030, 12, 25), time(10), time(11), weekly_until=date(2031, 1, 8))

    assert days_of(weekly, new_year) == [date(2030, 12, 25), date(2031, 1, 8)]
    assert cut_off_before(date(2031, 1, 6), new_year) == moment(date(2030, 12, 27), time(17))
    assert due_after(1, date(2030, 12, 28), new_year) == moment(date(2031, 1, 6), time(17))


def test_a_leap_day_is_published_like_any_other_and_its_week_goes_on():
    weekly = Plan(date(2028, 2, 22), time(10), time(11), weekly_until=date(2028, 3, 7))

    assert days_of(weekly, set()) == [date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 7)]
    assert cut_off_before(date(2028, 3, 1), set()) == moment(date(2028, 2, 29), time(17))


def test_a_holiday_that_moves_while_times_stand_is_no_holiday_for_those_published_before(cast):
    """The Cabinet Office's list is taken in anew; what families have booked stays where it is."""
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    with time_machine.travel(datetime(2030, 5, 1, 0, 0, tzinfo=UTC), tick=False):
        # Whoever is there in 2030 is there.
        plan = Plan(date(2030, 6, 4), time(10), time(11), weekly_until=date(2030, 6, 18))
        Holiday.objects.create(date=date(2030, 6, 11), name="試しの祝日")
        actions.publish_slots(facility=facility, plan=plan, by=cast.suzuki)
        Holiday.objects.filter(date=date(2030, 6, 11)).delete()
        Holiday.objects.create(date=date(2030, 6, 18), name="試しの祝日")

    days = sorted(slot.starts_at.astimezone(UTC).date() for slot in Slot.objects.all())
    assert days == [date(2030, 6, 4), date(2030, 6, 18)]


@pytest.mark.parametrize(
    ("born_on", "today", "group"),
    [
        # Born on 1 April one enters school a year before those of the 2nd.
        (date(2024, 4, 1), date(2030, 4, 1), "primary"),
        (date(2024, 4, 2), date(2030, 4, 1), "preschool"),
        (date(2024, 4, 1), date(2030, 3, 31), "preschool"),
        (date(2024, 2, 29), date(2030, 4, 1), "primary"),
    ],
)
def test_whoever_is_born_on_the_first_of_april_belongs_to_the_earlier_grade(born_on, today, group):
    with time_machine.travel(moment(today, time(9)), tick=False):
        assert age_group_of(Client(born_on=born_on)) == group


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2028, 3, 1), "2028年2月29日(火)"),
        (date(2031, 1, 1), "2030年12月31日(火)"),
        (date(2030, 5, 14), "2030年5月13日(月)"),
    ],
)
def test_a_slip_reminds_those_without_a_phone_of_the_day_before(cast, day, before):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    visit = make_visit(make_slot(cast.suzuki, facility, starts_at=moment(day, time(0, 30))), cast.tanaka)

    with translation.override("ja"):
        said = values_of(visit, "https://example.test/v/x/", "a5")["words"]["day_before"]
        sheets = [slip_pdf(visit, address="https://example.test/v/x/", size=size) for size in ("a5", "a4")]

    assert before in said and said.startswith("前日")
    assert [len(pypdfium2.PdfDocument(sheet)) for sheet in sheets] == [1, 1]
