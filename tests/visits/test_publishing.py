"""Visiting times: published once or week by week, changed, withdrawn; and what the database refuses by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.directory.models import Holiday
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from apps.visits import actions
from apps.visits.models import Slot, Visit
from apps.visits.refusals import (
    CapacityBelowBooked,
    CapacityUnusable,
    FacilityReceivesNobody,
    ReasonMissing,
    RepetitionUnbounded,
    SlotEndsBeforeItStarts,
    SlotInThePast,
    SlotsOverlap,
    SlotWithdrawn,
)
from apps.visits.times import Plan, cut_off_before, days_of
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_run_out, make_slot, make_visit

# A Monday.
TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PLAN = Plan(day=date(2026, 12, 2), starts=time(10), ends=time(11))


@pytest.fixture
def monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def cast(monday, cast):
    """The people as they are on that Monday: whoever is written down later has no place yet then."""
    return cast


# -- days and cut-offs


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        (date(2026, 12, 2), date(2026, 12, 1)),
        # Monday: on Friday.
        (date(2026, 12, 7), date(2026, 12, 4)),
        # After the days around New Year, which are no working days though most are no holidays.
        (date(2027, 1, 4), date(2026, 12, 28)),
        # The day after a leap day.
        (date(2028, 3, 1), date(2028, 2, 29)),
    ],
)
def test_bookings_end_at_five_on_the_working_day_before(day, closes):
    assert timezone.localtime(cut_off_before(day, {date(2027, 1, 1)})).replace(tzinfo=None) == datetime.combine(
        closes, time(17)
    )


def test_bookings_end_before_a_holiday_that_was_moved_by_law():
    moved = {date(2021, 7, 22), date(2021, 7, 23)}

    assert timezone.localdate(cut_off_before(date(2021, 7, 26), moved)) == date(2021, 7, 21)
    assert timezone.localdate(cut_off_before(date(2021, 7, 26), set())) == date(2021, 7, 23)


def test_a_repetition_leaves_out_holidays_and_the_days_around_new_year():
    plan = replace(PLAN, day=date(2026, 12, 16), weekly_until=date(2027, 1, 13))

    assert days_of(plan, {date(2027, 1, 6)}) == [date(2026, 12, 16), date(2026, 12, 23), date(2027, 1, 13)]


def test_a_single_day_may_be_a_holiday():
    assert days_of(PLAN, {PLAN.day}) == [PLAN.day]


# -- publishing


def test_a_time_is_published_in_japans_time_and_in_the_ledger(cast, monday):
    facility = make_facility(cast.suzuki, organization=cast.aozora)

    [slot] = actions.publish_slots(facility=facility, plan=PLAN, by=cast.suzuki)

    assert slot.starts_at == datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
    assert slot.closes_at == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert not slot.is_proxy
    assert Entry.objects.get(verb="visits.published").detail["slots"] == 1


def test_a_time_is_published_week_by_week(cast, monday):
    Holiday.objects.create(date=date(2026, 12, 9), name="臨時の休日")
    facility = make_facility(cast.suzuki, organization=cast.aozora)

    made = actions.publish_slots(facility=facility, plan=replace(PLAN, weekly_until=date(2026, 12, 23)), by=cast.suzuki)

    assert [timezone.localdate(slot.starts_at).day for slot in made] == [2, 16, 23]


def test_what_the_desk_publishes_on_behalf_is_marked(cast, monday):
    [slot] = actions.publish_slots(facility=make_facility(cast.tanaka), plan=PLAN, by=cast.tanaka)

    assert slot.is_proxy


def test_nobody_publishes_for_the_facility_of_others(cast, monday):
    with pytest.raises(NotAllowed):
        actions.publish_slots(facility=make_facility(cast.tanaka), plan=PLAN, by=cast.sato)

    assert not Slot.objects.exists()


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"day": date(2026, 11, 20)}, SlotInThePast),
        # Today, and tomorrow when five o'clock today has passed for it, would be too late to be booked.
        ({"day": date(2026, 11, 23), "starts": time(15), "ends": time(16)}, SlotInThePast),
        ({"ends": time(10)}, SlotEndsBeforeItStarts),
        ({"capacity": 0}, CapacityUnusable),
        ({"capacity": 21}, CapacityUnusable),
        ({"weekly_until": date(2026, 12, 2)}, RepetitionUnbounded),
        ({"weekly_until": date(2099, 12, 2)}, RepetitionUnbounded),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(cast, monday, said, refusal):
    facility = make_facility(cast.suzuki, organization=cast.aozora)

    with pytest.raises(refusal):
        actions.publish_slots(facility=facility, plan=replace(PLAN, **said), by=cast.suzuki)

    assert not Slot.objects.exists()


def test_a_facility_that_closes_before_receives_nobody(cast, monday):
    facility = make_facility(cast.suzuki, organization=cast.aozora, closed_on=PLAN.day)

    with pytest.raises(FacilityReceivesNobody):
        actions.publish_slots(facility=facility, plan=PLAN, by=cast.suzuki)


def test_of_a_repetition_that_overlaps_once_nothing_is_published(cast, monday):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    actions.publish_slots(facility=facility, plan=replace(PLAN, day=date(2026, 12, 9)), by=cast.suzuki)

    with pytest.raises(SlotsOverlap) as refusal:
        actions.publish_slots(facility=facility, plan=replace(PLAN, weekly_until=date(2026, 12, 16)), by=cast.suzuki)

    assert "12" in refusal.value.said
    assert Slot.objects.count() == 1


def test_times_may_touch_and_the_place_of_a_withdrawn_one_is_free(cast):
    slot = make_slot(cast.tanaka)
    make_slot(cast.tanaka, slot.facility, starts_at=slot.ends_at)
    actions.withdraw_slot(slot=slot, reason="staff", by=cast.tanaka)

    assert make_slot(cast.tanaka, slot.facility, starts_at=slot.starts_at).pk


# -- changing and withdrawing


def test_capacity_is_not_cut_below_a_place_that_is_taken(cast):
    slot = make_slot(cast.tanaka, capacity=3)
    make_visit(slot, cast.sato, place=2)

    with pytest.raises(CapacityBelowBooked) as refusal:
        actions.change_capacity(slot=slot, capacity=1, by=cast.tanaka)
    changed = actions.change_capacity(slot=slot, capacity=2, by=cast.tanaka)

    assert refusal.value.words["place"] == 2
    assert changed.capacity == 2


def test_a_hold_that_has_run_out_does_not_keep_the_capacity_up(cast):
    slot = make_slot(cast.tanaka, capacity=3)
    make_run_out(slot, cast.sato, place=3)

    assert actions.change_capacity(slot=slot, capacity=1, by=cast.tanaka).capacity == 1


def test_withdrawing_lists_the_visits_and_tells_each_office(cast):
    slot = make_slot(cast.tanaka, capacity=3)
    booked, held = make_visit(slot, cast.sato), make_held(slot, cast.suzuki, place=2)

    ended = actions.withdraw_slot(slot=slot, reason="closed", by=cast.tanaka)

    assert [visit.pk for visit in ended] == [booked.pk]
    assert [note.receiver for note in Notification.objects.filter(about=booked.pk)] == [cast.sato]
    assert not Notification.objects.filter(about=held.pk).exists()
    assert not Visit.objects.live().exists()
    assert Entry.objects.get(verb="visits.withdrawn").detail == {"reason": "closed", "booked": 1, "held": 1}


def test_a_time_is_withdrawn_once_and_with_a_reason(cast):
    slot = make_slot(cast.tanaka)
    with pytest.raises(ReasonMissing):
        actions.withdraw_slot(slot=slot, reason="", by=cast.tanaka)
    actions.withdraw_slot(slot=slot, reason="other", by=cast.tanaka)

    with pytest.raises(SlotWithdrawn):
        actions.withdraw_slot(slot=slot, reason="other", by=cast.tanaka)


# -- what the database refuses when the application is bypassed


def test_times_of_a_facility_never_overlap(cast):
    slot = make_slot(cast.tanaka)

    with pytest.raises(IntegrityError, match="slots_of_a_facility_never_overlap"), transaction.atomic():
        make_slot(cast.tanaka, slot.facility, starts_at=slot.starts_at + timedelta(minutes=59))


def test_a_place_beyond_the_capacity_cannot_be_written(cast):
    slot = make_slot(cast.tanaka, capacity=2)

    with pytest.raises(IntegrityError, match="a_place_is_one_of_the_slots"), transaction.atomic():
        make_visit(slot, cast.sato, place=3)
    assert make_visit(slot, cast.sato, place=2).pk


def test_a_place_is_live_once(cast):
    slot = make_slot(cast.tanaka)
    make_visit(slot, cast.sato)

    with pytest.raises(IntegrityError, match="one_live_visit_per_place"), transaction.atomic():
        make_held(slot, cast.suzuki)


def test_a_withdrawn_time_takes_nobody(cast):
    slot = make_slot(cast.tanaka)
    actions.withdraw_slot(slot=slot, reason="staff", by=cast.tanaka)

    with pytest.raises(IntegrityError, match="a_withdrawn_slot_takes_nobody"), transaction.atomic():
        make_held(slot, cast.sato)


@pytest.mark.parametrize("change", [{"capacity": 1}, {"withdrawn_at": TODAY, "withdrawn_reason": "staff"}])
def test_nobody_is_put_out_by_changing_the_time(cast, change):
    slot = make_slot(cast.tanaka, capacity=2)
    make_visit(slot, cast.sato, place=2)
    more = {"withdrawn_by": cast.tanaka} if "withdrawn_at" in change else {}

    with pytest.raises(IntegrityError, match="nobody_is_put_out_unseen"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(**change, **more)


def test_what_ended_stays_ended(cast):
    visit = make_visit(make_slot(cast.tanaka), cast.sato)
    actions.cancel_visit(visit=visit, reason="family", by=cast.sato)

    with pytest.raises(IntegrityError, match="a_visit_that_ended_stays_ended"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(ended_at=None, ended_by=None, ended_reason="")


def test_a_place_is_not_booked_after_its_hold(cast):
    visit = make_run_out(make_slot(cast.tanaka), cast.sato)

    with pytest.raises(IntegrityError, match="booked_by_somebody_while_it_is_held"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(booked_at=timezone.now(), booked_by=cast.sato)


@pytest.mark.parametrize("field", ["starts_at", "closes_at"])
def test_when_a_time_is_stays(cast, field):
    slot = make_slot(cast.tanaka)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(**{field: timezone.now()})
