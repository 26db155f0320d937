"""Visits at once: of many who want the last place one has it, whatever the facility and the clock do meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.visits import actions
from apps.visits.models import Slot, Visit, VisitRequest
from apps.visits.times import Proposed
from tests import makers
from tests.facilities.makers import make_facility
from tests.races.at_once import at_once, inside, kinds_of, one_was_written
from tests.visits.makers import make_asked, make_held, make_slot, make_visit

pytestmark = pytest.mark.django_db(transaction=True)
FOR = {"age_group": "preschool", "need": ""}
ROUNDS = 25


@pytest.fixture
def desks(cast):
    """Eight clerks of the desk, each with a screen of their own."""
    return [makers.make_member(cast.city, role="desk") for _nth in range(8)]


def test_of_eight_desks_one_has_the_last_place_in_every_round(cast, desks):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    for _round in range(ROUNDS):
        slot = make_slot(cast.suzuki, facility, capacity=2)
        make_visit(slot, cast.sato)

        told = at_once(*[lambda by=by, slot=slot: actions.hold_place(slot=slot, by=by, **FOR) for by in desks])

        assert kinds_of(told) == {"done": 1, "SlotTaken": 7}
        Visit.objects.filter(slot=slot, booked_at=None).update(
            ended_at=timezone.now(), ended_by=cast.sato, ended_reason="let_go"
        )


def test_without_the_verb_the_index_lets_one_through(cast):
    slot = make_slot(cast.suzuki)

    told = at_once(*[inside(lambda by=by: make_held(slot, by)) for by in (cast.sato, cast.tanaka)])

    assert one_was_written(told, "one_live_visit_per_place")


def test_nobody_holds_a_place_in_a_time_that_is_withdrawn_meanwhile(cast, desks):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    for _round in range(ROUNDS):
        slot = make_slot(cast.suzuki, facility)

        told = at_once(
            lambda slot=slot: actions.hold_place(slot=slot, by=desks[0], **FOR),
            lambda slot=slot: actions.withdraw_slot(slot=slot, reason="staff", by=cast.suzuki),
            lambda slot=slot: actions.hold_place(slot=slot, by=desks[1], **FOR),
        )

        assert not isinstance(told[1], Exception)
        assert set(kinds_of(told)) <= {"done", "SlotTaken", "SlotClosed"}
        assert not Visit.objects.filter(slot=slot, ended_at=None).exists()


def test_without_the_verbs_a_place_and_a_withdrawal_never_stand_together(cast):
    for _round in range(ROUNDS):
        slot = make_slot(cast.suzuki)
        about = {"withdrawn_at": timezone.now(), "withdrawn_by": cast.suzuki, "withdrawn_reason": "staff"}

        told = at_once(
            inside(lambda slot=slot: make_held(slot, cast.sato)),
            inside(lambda slot=slot, about=about: Slot.objects.filter(pk=slot.pk).update(**about)),
        )

        assert one_was_written(told)


def test_a_hold_that_ends_while_it_is_booked_leaves_one_live_visit(cast, desks):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    for nth in range(ROUNDS):
        slot = make_slot(cast.suzuki, facility)
        ends = timezone.now() + timedelta(milliseconds=4 * nth)
        visit = make_held(slot, desks[0], held_at=ends - Visit.HOLD, held_until=ends)

        told = at_once(
            lambda visit=visit: actions.book_visit(visit=visit, by=desks[0]),
            lambda slot=slot: actions.hold_place(slot=slot, by=desks[1], **FOR),
        )

        assert set(kinds_of(told)) <= {"done", "SlotTaken", "HoldRunOut", "NotHeld"}
        # Both may say no only while the hold still ran when the second asked, and had run out when the first did.
        assert Visit.objects.filter(slot=slot).live().count() == kinds_of(told)["done"] <= 1
        Visit.objects.filter(slot=slot, ended_at=None, booked_at=None).update(
            ended_at=timezone.now(), ended_by=cast.sato, ended_reason="let_go"
        )


def test_of_a_move_and_a_cancellation_one_counts(cast):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    for _round in range(ROUNDS):
        visit = make_visit(make_slot(cast.suzuki, facility), cast.sato)
        to = make_slot(cast.suzuki, facility)

        told = at_once(
            lambda visit=visit, to=to: actions.move_visit(visit=visit, to=to, by=cast.sato),
            lambda visit=visit: actions.cancel_visit(visit=visit, reason="full", by=cast.suzuki),
        )

        assert kinds_of(told) == {"done": 1, "NotBooked": 1}
        assert Visit.objects.filter(slot__in=[visit.slot, to]).booked().count() == (
            0 if isinstance(told[0], Exception) else 1
        )


def test_two_moves_into_one_anothers_places_do_not_wait_in_a_circle(cast):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    slots = [make_slot(cast.suzuki, facility, capacity=2) for _nth in range(2)]
    first, second = (make_visit(slot, cast.sato) for slot in slots)

    told = at_once(
        lambda: actions.move_visit(visit=first, to=slots[1], by=cast.sato),
        lambda: actions.move_visit(visit=second, to=slots[0], by=cast.sato),
    )

    assert kinds_of(told) == {"done": 2}


# -- who comes along, exceptions, requests


def two_at_once(cast, by):
    """Two visits of one office in the same hour, at two facilities."""
    slot = make_slot(cast.suzuki)
    return make_visit(slot, by), make_visit(make_slot(cast.suzuki, starts_at=slot.starts_at), by)


def test_nobody_accompanies_two_visits_that_name_them_in_the_same_moment(cast):
    for _round in range(ROUNDS):
        visits = two_at_once(cast, cast.sato)

        told = at_once(
            *[lambda one=one: actions.accompany(visit=one, member=cast.sato, by=cast.sato) for one in visits]
        )

        assert kinds_of(told) == {"done": 1, "AccompaniesAnother": 1}
        Visit.objects.filter(accompanied_by=cast.sato).update(accompanied_by=None)


def test_without_the_verb_the_constraint_lets_one_person_go_to_one_visit(cast):
    visits = two_at_once(cast, cast.sato)

    told = at_once(
        *[inside(lambda one=one: Visit.objects.filter(pk=one.pk).update(accompanied_by=cast.sato)) for one in visits]
    )

    assert one_was_written(told, "nobody_accompanies_two_visits_at_once")


def test_an_exception_beside_an_ordinary_booking_takes_no_place_from_it(cast, desks):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    for _round in range(ROUNDS):
        slot = make_slot(cast.suzuki, facility, capacity=2)
        make_visit(slot, cast.sato)

        told = at_once(
            lambda slot=slot: actions.hold_beyond(slot=slot, reason="きょうだい", by=desks[0], **FOR),
            lambda slot=slot: actions.hold_place(slot=slot, by=desks[1], **FOR),
        )

        assert not isinstance(told[1], Exception) and told[1].place == 2
        assert set(kinds_of(told)) <= {"done", "NothingToOverride"}
        assert {one.place for one in slot.visits.exclude(overridden_by=None)} <= {3}
        Visit.objects.filter(slot=slot, booked_at=None).update(
            ended_at=timezone.now(), ended_by=cast.sato, ended_reason="let_go"
        )


def test_a_request_that_is_accepted_while_it_ends_is_booked_or_over(cast):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    for nth in range(ROUNDS):
        request = make_asked(cast.sato, facility, due=timedelta(milliseconds=4 * nth))
        slot = request.slots.get()

        told = at_once(
            lambda request=request, slot=slot: actions.accept_proposal(request=request, slot=slot, by=cast.suzuki),
            actions.end_requests,
            actions.sweep,
        )

        assert set(kinds_of(told)) <= {"done", "RequestEnded"}
        assert not isinstance(told[1], Exception) and not isinstance(told[2], Exception)
        accepted = not isinstance(told[0], Exception)
        request.refresh_from_db()
        assert (request.outcome == "accepted", slot.visits.booked().exists()) == (accepted, accepted)
        actions.end_requests()


def test_of_two_times_picked_at_once_one_is_booked(cast):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    colleague = makers.make_member(cast.aozora)
    for _round in range(ROUNDS):
        request = make_asked(cast.sato, facility)
        make_held(make_slot(cast.sato, facility, asked_in=request, proposal=2), cast.sato, held_until=request.due_at)
        slots = request.slots.order_by("proposal")

        told = at_once(
            *[
                lambda request=request, slot=slot, by=by: actions.accept_proposal(request=request, slot=slot, by=by)
                for slot, by in zip(slots, (cast.suzuki, colleague), strict=True)
            ]
        )

        assert kinds_of(told) == {"done": 1, "RequestEnded": 1}
        assert Visit.objects.filter(slot__asked_in=request).booked().count() == 1


def test_of_two_offices_that_propose_the_same_hour_one_does(cast):
    facility = make_facility(cast.suzuki, organization=cast.aozora)
    for nth in range(ROUNDS):
        begins = timezone.now() + timedelta(days=40 + nth)
        times = (Proposed(begins, begins + timedelta(hours=1)),)
        asked = actions.Asked(times=times, due_at=timezone.now() + timedelta(days=1), age_group="preschool")

        told = at_once(
            *[
                lambda by=by, asked=asked: actions.propose(facility=facility, asked=asked, by=by)
                for by in (cast.sato, cast.tanaka)
            ]
        )

        assert kinds_of(told) == {"done": 1, "ProposalsOverlap": 1}
    assert VisitRequest.objects.count() == ROUNDS
