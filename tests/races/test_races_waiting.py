"""The waiting list at once: one place for one who waits, whoever sweeps, books, declines or leaves in the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.visits import actions as visits
from apps.visits.models import Visit
from apps.waiting import actions
from apps.waiting.models import Offer, Waiting
from tests.facilities.makers import make_facility
from tests.races.at_once import at_once, inside, kinds_of, one_was_written
from tests.visits.makers import make_slot
from tests.waiting.makers import make_offer, make_wait

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10
FAR = timedelta(days=14)


@pytest.fixture
def facility(cast):
    return make_facility(cast.suzuki, organization=cast.aozora)


@pytest.fixture
def slot_of(cast, facility):
    def made():
        return make_slot(cast.suzuki, facility, starts_at=timezone.now() + FAR + made_before() * timedelta(hours=2))

    def made_before():
        return facility.slots.count()

    return made


def cleared():
    """Nobody waits any more, and nothing is held."""
    now = timezone.now()
    waiting = Waiting.objects.filter(ended_at=None)
    held = {"ended_at": now, "ended_reason": "let_go"}
    for visit in Visit.objects.filter(ended_at=None, booked_at=None):
        Visit.objects.filter(pk=visit.pk).update(ended_by=visit.held_by, **held)
    for one in waiting:
        Waiting.objects.filter(pk=one.pk).update(ended_at=now, ended_by=one.put_by, ended_reason="found")


def test_two_workers_offer_two_places_to_one_who_waits_once(cast, slot_of):
    slot_of(), slot_of()
    for _round in range(ROUNDS):
        waiting = make_wait(cast.tanaka)

        told = at_once(actions.offer_freed, actions.offer_freed)

        assert kinds_of(told) == {"done": 2}
        assert Offer.objects.filter(waiting=waiting, ended_at=None).count() == 1
        cleared()


def test_without_the_verb_the_index_lets_one_offer_through(cast, slot_of):
    waiting, slots = make_wait(cast.tanaka), [slot_of(), slot_of()]

    told = at_once(*[inside(lambda slot=slot: make_offer(waiting, slot)) for slot in slots])

    assert one_was_written(told, "who_waits_is_offered_one_place_at_a_time")


def test_a_place_is_offered_or_held_at_the_counter_never_both(cast, slot_of):
    for _round in range(ROUNDS):
        slot = slot_of()
        make_wait(cast.tanaka)

        told = at_once(
            actions.offer_freed,
            lambda slot=slot: visits.hold_place(slot=slot, age_group="preschool", need="", by=cast.sato),
        )

        assert set(kinds_of(told)) <= {"done", "SlotTaken"}
        assert Visit.objects.filter(slot=slot, ended_at=None).count() == 1
        cleared()
        visits.withdraw_slot(slot=slot, reason="staff", by=cast.suzuki)


def test_an_offer_that_ends_as_it_is_taken_has_one_outcome(cast, slot_of):
    for nth in range(ROUNDS):
        slot, waiting = slot_of(), make_wait(cast.tanaka)
        offer = make_offer(waiting, slot, lasts=timedelta(milliseconds=5 * nth + 1))

        told = at_once(
            lambda offer=offer: visits.book_visit(visit=offer.visit, by=cast.tanaka),
            visits.sweep,
            actions.offer_freed,
        )

        assert set(kinds_of(told)) <= {"done", "OfferRunOut"}
        visits.sweep()
        offer.refresh_from_db()
        waiting.refresh_from_db()
        is_booked = not isinstance(told[0], Exception)
        assert (offer.outcome, waiting.is_waiting) == (("booked", False) if is_booked else ("run_out", True))
        cleared()


def test_of_taking_and_declining_one_counts(cast, slot_of):
    for _round in range(ROUNDS):
        slot, waiting = slot_of(), make_wait(cast.tanaka)
        offer = make_offer(waiting, slot)

        told = at_once(
            lambda offer=offer: visits.book_visit(visit=offer.visit, by=cast.tanaka),
            lambda waiting=waiting: actions.decline_offer(waiting=waiting, reason="full", by=cast.tanaka),
        )

        assert kinds_of(told)["done"] == 1
        assert {type(one).__name__ for one in told if isinstance(one, Exception)} <= {"NotHeld", "NothingOffered"}
        cleared()


def test_who_leaves_while_a_place_is_offered_keeps_none(cast, slot_of):
    slot = slot_of()
    for _round in range(ROUNDS):
        waiting = make_wait(cast.tanaka)

        told = at_once(
            lambda waiting=waiting: actions.leave(waiting=waiting, reason="found", by=cast.tanaka),
            actions.offer_freed,
        )

        assert set(kinds_of(told)) <= {"done", "JustOffered"}
        waiting.refresh_from_db()
        standing = Offer.objects.filter(waiting=waiting, ended_at=None).exists()
        assert standing == waiting.is_waiting
        cleared()
    assert not Visit.objects.filter(slot=slot, ended_at=None).exists()
