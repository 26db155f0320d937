"""What becomes free goes to whoever waits longest and fits, until they answer."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from apps.visits import actions as visits
from apps.visits.models import Visit, VisitClient
from apps.visits.refusals import HoldRunOut, SlotTaken
from apps.waiting import actions
from apps.waiting.models import Offer, Waiting
from apps.waiting.refusals import (
    DecliningReasonMissing,
    LeavingReasonMissing,
    NothingOffered,
    StillBooked,
    StillWaits,
    WaitsNoMore,
)
from apps.waiting.times import answer_until
from tests.facilities.makers import make_facility
from tests.visits.makers import make_run_out, make_slot, make_visit
from tests.waiting.makers import make_offer, make_wait

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def facility(cast):
    return make_facility(cast.suzuki, organization=cast.aozora)


@pytest.fixture
def slot(cast, facility):
    """In three weeks, so that there is time to answer on whatever day the test runs."""
    return make_slot(cast.suzuki, facility, starts_at=timezone.now() + 21 * DAY)


@pytest.fixture
def waiting(cast):
    return make_wait(cast.tanaka)


def offered():
    actions.offer_freed()
    return list(Offer.objects.filter(ended_at=None))


# -- who is offered a place


def test_a_free_place_is_held_for_who_waits(waiting, slot, cast):
    (offer,) = offered()

    assert offer.waiting == waiting and offer.visit.slot == slot
    assert offer.visit.held_by == cast.tanaka and offer.visit.is_offered
    with pytest.raises(SlotTaken):
        visits.hold_place(slot=slot, age_group="preschool", need="", by=cast.sato)


def test_the_longest_waiting_comes_first(cast, slot):
    make_wait(cast.tanaka, since=HOUR)
    first = make_wait(cast.sato, since=DAY)

    (offer,) = offered()

    assert offer.waiting == first


def test_who_does_not_fit_is_passed_over(cast, slot):
    make_wait(cast.tanaka, since=3 * DAY, age_group="adult")
    make_wait(cast.tanaka, make_facility(cast.suzuki), since=2 * DAY)
    make_wait(cast.tanaka, since=DAY, weekdays=[day_other_than(slot)])
    fitting = make_wait(cast.tanaka)

    (offer,) = offered()

    assert offer.waiting == fitting


def day_other_than(slot):
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    return days[(timezone.localdate(slot.starts_at).weekday() + 1) % 7]


def test_a_cancelled_place_is_offered(waiting, slot, cast):
    visit = make_visit(slot, cast.sato)
    assert offered() == []

    visits.cancel_visit(visit=visit, reason="family", by=cast.sato)

    assert [one.waiting for one in offered()] == [waiting]


def test_a_place_whose_hold_ran_out_is_offered(waiting, slot, cast):
    make_run_out(slot, cast.sato)

    assert [one.waiting for one in offered()] == [waiting]


def test_raised_capacity_is_offered(waiting, slot, cast):
    make_visit(slot, cast.sato)

    visits.change_capacity(slot=slot, capacity=2, by=cast.suzuki)

    assert [one.visit.place for one in offered()] == [2]


def test_who_has_an_offer_gets_no_second_one(waiting, slot, cast, facility):
    make_slot(cast.suzuki, facility, starts_at=slot.ends_at + DAY)

    assert len(offered()) == 1
    assert len(offered()) == 1


def test_the_database_alone_refuses_a_second_offer(waiting, slot, cast, facility):
    make_offer(waiting, slot)

    with pytest.raises(IntegrityError, match="offered_one_place_at_a_time"), transaction.atomic():
        make_offer(waiting, make_slot(cast.suzuki, facility, starts_at=slot.ends_at + DAY))


def test_a_time_that_closes_too_soon_is_left_to_the_counter(waiting, cast, facility):
    closes = timezone.now() + timedelta(minutes=20)
    make_slot(cast.suzuki, facility, starts_at=timezone.now() + 21 * DAY, closes_at=closes)

    assert offered() == []


def test_an_offer_ends_when_the_time_closes(waiting, cast, facility):
    closes = timezone.now() + timedelta(minutes=40)
    make_slot(cast.suzuki, facility, starts_at=timezone.now() + 21 * DAY, closes_at=closes)

    (offer,) = offered()

    assert offer.visit.held_until == closes


def test_the_office_is_told_without_a_name(cast, slot):
    make_wait(cast.tanaka, client=cast.hana)
    offered()

    (notice,) = Notification.objects.filter(receiver=cast.tanaka)
    assert "/waiting/" in notice.path
    assert cast.hana.name not in notice.sentence
    assert Entry.objects.filter(verb="waiting.offered").count() == 1


def test_offers_fill_nobodys_hands_at_the_counter(cast, slot, facility):
    for nth in range(4):
        make_offer(make_wait(cast.tanaka), make_slot(cast.suzuki, facility, starts_at=slot.ends_at + nth * DAY))

    assert visits.hold_place(slot=slot, age_group="preschool", need="", by=cast.tanaka).is_held


# -- answering


def test_booking_ends_the_offer_and_the_waiting(waiting, slot, cast):
    (offer,) = offered()

    visits.book_visit(visit=offer.visit, by=cast.tanaka)

    offer.refresh_from_db()
    waiting.refresh_from_db()
    assert offer.outcome == "booked"
    assert (waiting.ended_reason, waiting.ended_by) == ("booked", cast.tanaka)


def test_a_declined_place_goes_to_the_next(waiting, slot, cast):
    offered()
    later = make_wait(cast.sato)

    offer = actions.decline_offer(waiting=waiting, reason="weekday", by=cast.tanaka)

    assert (offer.outcome, offer.reason) == ("declined", "weekday")
    assert [one.waiting for one in offered()] == [later]
    assert Waiting.objects.in_line().first() == waiting


def test_what_is_not_answered_in_time_goes_to_the_next(waiting, slot, cast):
    offer = make_offer(waiting, slot, lasts=-timedelta(seconds=1))
    later = make_wait(cast.sato)

    visits.sweep()

    offer.refresh_from_db()
    assert offer.outcome == "run_out"
    assert [one.waiting for one in offered()] == [later]


def test_what_was_told_of_an_offer_is_settled_when_it_is_booked(
    waiting, slot, cast, django_capture_on_commit_callbacks
):
    (offer,) = offered()
    told = Notification.objects.filter(about=waiting.pk, settled_at=None)
    assert told.exists()

    with django_capture_on_commit_callbacks(execute=True):
        visits.book_visit(visit=offer.visit, by=cast.tanaka)

    assert not told.exists()


def test_an_offer_is_not_booked_after_its_end(waiting, slot, cast):
    offer = make_offer(waiting, slot, lasts=-timedelta(seconds=1))

    with pytest.raises(HoldRunOut) as refused:
        visits.book_visit(visit=offer.visit, by=cast.tanaka)

    assert refused.value.code == "offer_run_out"


def test_an_offer_is_not_declined_after_its_end(waiting, slot, cast):
    make_offer(waiting, slot, lasts=-timedelta(seconds=1))

    with pytest.raises(NothingOffered):
        actions.decline_offer(waiting=waiting, reason="full", by=cast.tanaka)


def test_a_withdrawn_time_ends_its_offer(waiting, slot, cast):
    (offer,) = offered()

    visits.withdraw_slot(slot=slot, reason="staff", by=cast.suzuki)

    offer.refresh_from_db()
    assert offer.outcome == "withdrawn"


def test_declining_needs_a_known_reason(waiting, slot, cast):
    offered()

    with pytest.raises(DecliningReasonMissing):
        actions.decline_offer(waiting=waiting, reason="", by=cast.tanaka)


def test_another_office_declines_nothing(waiting, slot, cast):
    offered()

    with pytest.raises(NotAllowed):
        actions.decline_offer(waiting=waiting, reason="full", by=cast.sato)


# -- leaving, and coming back


def test_who_leaves_gives_the_offered_place_back(waiting, slot, cast):
    (offer,) = offered()

    actions.leave(waiting=waiting, reason="found", by=cast.tanaka)

    offer.refresh_from_db()
    waiting.refresh_from_db()
    assert (offer.outcome, waiting.ended_reason) == ("given_back", "found")
    assert offered() == []


def test_leaving_needs_a_known_reason(waiting, cast):
    with pytest.raises(LeavingReasonMissing):
        actions.leave(waiting=waiting, reason="booked", by=cast.tanaka)


def test_who_has_left_leaves_no_second_time(waiting, cast):
    actions.leave(waiting=waiting, reason="found", by=cast.tanaka)

    with pytest.raises(WaitsNoMore):
        actions.leave(waiting=waiting, reason="found", by=cast.tanaka)


def test_undone_they_wait_at_their_old_place(waiting, cast):
    make_wait(cast.sato)
    actions.leave(waiting=waiting, reason="mistake", by=cast.tanaka)

    actions.wait_again(waiting=waiting, by=cast.tanaka)

    assert Waiting.objects.in_line().first() == waiting


def test_who_waits_need_not_come_back(waiting, cast):
    with pytest.raises(StillWaits):
        actions.wait_again(waiting=waiting, by=cast.tanaka)


def test_nobody_waits_again_while_their_visit_stands(waiting, slot, cast):
    (offer,) = offered()
    visits.book_visit(visit=offer.visit, by=cast.tanaka)

    with pytest.raises(StillBooked):
        actions.wait_again(waiting=waiting, by=cast.tanaka)


# -- until when


@pytest.mark.parametrize(
    ("now", "until"),
    [
        # A Wednesday morning.
        ("2026-11-18 10:00", "2026-11-18 14:00"),
        # Over the night.
        ("2026-11-18 15:00", "2026-11-19 11:00"),
        # Before the office opens.
        ("2026-11-18 02:00", "2026-11-18 13:00"),
        # Over a weekend and a holiday.
        ("2026-11-20 16:00", "2026-11-24 12:00"),
        # Over the end of the year.
        ("2026-12-28 16:00", "2027-01-04 12:00"),
    ],
)
def test_only_hours_of_the_office_count(now, until):
    def at(said):
        return timezone.make_aware(datetime.fromisoformat(said))

    assert answer_until(at(now), {date(2026, 11, 23), date(2027, 1, 1)}) == at(until)


def test_a_client_who_waits_is_behind_the_offered_visit(cast, slot):
    make_wait(cast.tanaka, client=cast.hana)

    (offer,) = offered()

    assert VisitClient.objects.get(visit=offer.visit).client == cast.hana
    assert Visit.objects.filter(pk=offer.visit.pk, held_by=cast.tanaka).exists()
