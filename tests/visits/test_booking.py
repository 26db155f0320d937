"""A place is held, booked, moved, cancelled; each tells the other side and stands in the ledger."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from apps.visits import access, actions, queries
from apps.visits.models import Slot, Visit
from apps.visits.queries import Sought
from apps.visits.refusals import (
    HoldRunOut,
    NotBooked,
    NotHeld,
    ReasonMissing,
    SlotClosed,
    SlotTaken,
    TooManyHolds,
)
from tests import makers
from tests.facilities.makers import make_area, make_board_policy, make_district, make_facility
from tests.visits.makers import make_held, make_run_out, make_slot, make_visit

FOR = {"age_group": "preschool", "need": "午後がよい"}


@pytest.fixture
def facility(cast):
    """Of suzuki's organization."""
    return make_facility(cast.suzuki, organization=cast.aozora)


# -- holding


def test_the_lowest_free_place_is_held_for_five_minutes(cast, facility):
    slot = make_slot(cast.suzuki, facility, capacity=3)
    make_visit(slot, cast.tanaka, place=1)
    make_held(slot, cast.tanaka, place=3)

    visit = actions.hold_place(slot=slot, by=cast.sato, **FOR)

    assert visit.place == 2
    assert visit.held_until - visit.held_at == timedelta(minutes=5)
    assert Entry.objects.get(verb="visits.held").subject_id == str(visit.pk)


def test_whoever_comes_second_is_told_that_it_was_just_taken(cast, facility):
    slot = make_slot(cast.suzuki, facility)
    actions.hold_place(slot=slot, by=cast.sato, **FOR)

    with pytest.raises(SlotTaken):
        actions.hold_place(slot=slot, by=cast.tanaka, **FOR)


def test_a_hold_that_has_run_out_is_free_in_that_moment(cast, facility):
    slot = make_slot(cast.suzuki, facility)
    over = make_run_out(slot, cast.sato)

    visit = actions.hold_place(slot=slot, by=cast.tanaka, **FOR)

    over.refresh_from_db()
    assert (visit.place, over.ended_reason) == (1, "run_out")


@pytest.mark.parametrize("why", ["closed", "withdrawn", "facility"])
def test_a_time_that_cannot_be_booked_any_more_holds_nobody(cast, facility, why):
    slot = make_slot(cast.suzuki, facility)
    if why == "closed":
        slot = make_slot(cast.suzuki, facility, closes_at=timezone.now())
    elif why == "withdrawn":
        actions.withdraw_slot(slot=slot, reason="staff", by=cast.suzuki)
    else:
        facility.closed_on = timezone.localdate()
        facility.save(update_fields=["closed_on"])

    with pytest.raises(SlotClosed):
        actions.hold_place(slot=slot, by=cast.sato, **FOR)


def test_one_person_holds_three_places_and_no_fourth(cast, facility):
    for _nth in range(3):
        actions.hold_place(slot=make_slot(cast.suzuki, facility), by=cast.sato, **FOR)

    with pytest.raises(TooManyHolds):
        actions.hold_place(slot=make_slot(cast.suzuki, facility), by=cast.sato, **FOR)


@pytest.mark.parametrize("person", ["ishii", "kobayashi", "suzuki"])
def test_who_arranges_nothing_holds_nothing(cast, facility, person):
    """The auditor, a guest, and the facility itself, which sees the board of none."""
    with pytest.raises(NotAllowed):
        actions.hold_place(slot=make_slot(cast.suzuki, facility), by=cast[person], **FOR)


def test_a_place_is_let_go_of_by_the_office_that_holds_it(cast, facility):
    visit = make_held(make_slot(cast.suzuki, facility), cast.sato)
    with pytest.raises(NotAllowed):
        actions.let_go(visit=visit, by=cast.tanaka)

    actions.let_go(visit=visit, by=cast.sato)

    assert not Visit.objects.live().exists()
    with pytest.raises(NotHeld):
        actions.let_go(visit=visit, by=cast.sato)


def test_the_worker_sweeps_what_ran_out_and_nothing_else(cast, facility):
    slot = make_slot(cast.suzuki, facility, capacity=3)
    over, held, booked = (
        make_run_out(slot, cast.sato),
        make_held(slot, cast.sato, place=2),
        make_visit(slot, cast.sato, place=3),
    )

    assert (actions.sweep(), actions.sweep()) == (1, 0)

    assert set(Visit.objects.filter(ended_at=None)) == {held, booked}
    assert Visit.objects.get(pk=over.pk).ended_reason == "run_out"


# -- booking


def test_what_is_held_is_booked_and_the_facility_is_told(cast, facility):
    visit = actions.hold_place(slot=make_slot(cast.suzuki, facility), by=cast.sato, **FOR)

    booked = actions.book_visit(visit=visit, by=cast.sato)

    assert booked.is_booked and booked.state == "booked"
    assert [note.receiver for note in Notification.objects.filter(about=visit.pk)] == [cast.suzuki]
    assert Entry.objects.get(verb="visits.booked").detail["place"] == 1


def test_a_colleague_books_what_one_holds_and_another_office_does_not(cast, facility):
    colleague = makers.make_member(cast.hidamari)
    visit = make_held(make_slot(cast.suzuki, facility), cast.sato)
    with pytest.raises(NotAllowed):
        actions.book_visit(visit=visit, by=cast.tanaka)

    assert actions.book_visit(visit=visit, by=colleague).booked_by == colleague


def test_after_five_minutes_nothing_is_booked(cast, facility):
    visit = make_held(make_slot(cast.suzuki, facility), cast.sato)

    with time_machine.travel(visit.held_until, tick=False), pytest.raises(HoldRunOut):
        actions.book_visit(visit=visit, by=cast.sato)


def test_a_visit_is_booked_once(cast, facility):
    visit = make_visit(make_slot(cast.suzuki, facility), cast.sato)

    with pytest.raises(NotHeld):
        actions.book_visit(visit=visit, by=cast.sato)


# -- cancelling and moving


def test_a_cancelled_place_is_free_at_once_and_the_other_side_is_told(cast, facility):
    slot = make_slot(cast.suzuki, facility)
    visit = make_visit(slot, cast.sato)

    actions.cancel_visit(visit=visit, reason="family", by=cast.sato)

    assert [note.receiver for note in Notification.objects.filter(about=visit.pk)] == [cast.suzuki]
    assert actions.hold_place(slot=slot, by=cast.tanaka, **FOR).place == 1


def test_a_facility_declines_with_a_reason_of_its_own(cast, facility):
    visit = make_visit(make_slot(cast.suzuki, facility), cast.sato)
    with pytest.raises(ReasonMissing):
        actions.cancel_visit(visit=visit, reason="family", by=cast.suzuki)

    cancelled = actions.cancel_visit(visit=visit, reason="needs", by=cast.suzuki)

    assert cancelled.is_cancelled
    assert [note.receiver for note in Notification.objects.filter(about=visit.pk)] == [cast.sato]


def test_nothing_is_cancelled_after_it_began_or_twice(cast, facility):
    slot = make_slot(cast.suzuki, facility)
    visit = make_visit(slot, cast.sato)
    with time_machine.travel(slot.starts_at), pytest.raises(NotBooked):
        actions.cancel_visit(visit=visit, reason="family", by=cast.sato)
    actions.cancel_visit(visit=visit, reason="family", by=cast.sato)

    with pytest.raises(NotBooked):
        actions.cancel_visit(visit=visit, reason="family", by=cast.sato)


def test_a_visit_is_moved_with_what_the_facility_should_know(cast, facility):
    visit = make_visit(make_slot(cast.suzuki, facility), cast.sato, need="送迎希望")
    later = make_slot(cast.suzuki, facility)

    moved = actions.move_visit(visit=visit, to=later, by=cast.sato)

    visit.refresh_from_db()
    assert (visit.ended_reason, moved.slot, moved.need, moved.moved_from) == ("moved", later, "送迎希望", visit)
    assert Entry.objects.get(verb="visits.moved").detail["from"] == str(visit.pk)


def test_a_visit_that_cannot_be_moved_stays(cast, facility):
    visit = make_visit(make_slot(cast.suzuki, facility), cast.sato)
    full = make_slot(cast.suzuki, facility)
    make_visit(full, cast.tanaka)

    with pytest.raises(SlotTaken):
        actions.move_visit(visit=visit, to=full, by=cast.sato)

    visit.refresh_from_db()
    assert visit.is_booked


# -- who sees what


def test_a_visit_is_seen_by_both_sides_and_the_city(cast, facility):
    visit = make_visit(make_slot(cast.suzuki, facility), cast.sato)
    seeing = {name for name in ("sato", "suzuki", "tanaka", "ito", "ishii", "takahashi", "kobayashi", "matsumoto")
              if access.visits_visible_to(cast[name]).filter(pk=visit.pk).exists()}  # fmt: skip

    assert seeing == {"sato", "suzuki", "tanaka", "ito", "ishii"}
    with pytest.raises(NotHere):
        access.visit_for(cast.takahashi, visit.pk)


def test_a_hold_is_seen_by_the_office_that_holds_it(cast, facility):
    visit = make_held(make_slot(cast.suzuki, facility), cast.sato)

    assert access.visit_for(cast.sato, visit.pk) == visit
    for person in (cast.suzuki, cast.tanaka):
        with pytest.raises(NotHere):
            access.visit_for(person, visit.pk)


def test_where_the_board_is_the_citys_alone_an_office_finds_no_times(cast, facility):
    slot = make_slot(cast.suzuki, facility)
    make_board_policy(cast.ito, "city")

    with pytest.raises(NotHere):
        access.slot_for(cast.sato, slot.pk)
    assert access.slot_for(cast.suzuki, slot.pk) == slot == access.slot_for(cast.tanaka, slot.pk)


# -- finding


def test_the_next_three_free_times_stand_on_a_card_and_the_earliest_facility_comes_first(cast, facility):
    other = make_facility(cast.tanaka)
    soon = [make_slot(cast.tanaka, other) for _nth in range(4)]
    later = make_slot(cast.suzuki, facility)
    full = make_slot(cast.suzuki, facility)
    make_visit(full, cast.tanaka)

    found = queries.next_times(cast.sato, Sought())

    assert [(one.facility, one.slots) for one in found] == [(other, tuple(soon[:3])), (facility, (later,))]


def test_a_place_whose_hold_ran_out_is_found_again(cast, facility):
    slot = make_slot(cast.suzuki, facility)
    make_run_out(slot, cast.tanaka)

    [found] = queries.next_times(cast.sato, Sought())

    assert found.slots == (slot,)


@pytest.mark.parametrize(
    ("sought", "finds"),
    [
        ({"age": "preschool"}, True),
        ({"age": "adult"}, False),
        ({"needs_medical_care": True}, False),
        ({"kind": 0}, False),
    ],
)
def test_what_is_sought_narrows_what_is_found(cast, facility, sought, finds):
    make_slot(cast.suzuki, facility)

    assert bool(queries.next_times(cast.sato, Sought(**sought))) is finds


def test_a_facility_that_fetches_from_the_district_is_found(cast, facility):
    make_slot(cast.suzuki, facility)
    near, far = make_district(cast.ito), make_district(cast.ito)
    make_area(facility, near)

    assert queries.next_times(cast.sato, Sought(district=near.pk))
    assert not queries.next_times(cast.sato, Sought(district=far.pk))


def test_finding_asks_as_many_questions_for_one_facility_as_for_ten(cast, facility, django_assert_num_queries):
    for _nth in range(10):
        make_slot(cast.tanaka, make_facility(cast.tanaka))
    queries.next_times(cast.sato, Sought())

    with django_assert_num_queries(8):
        queries.next_times(cast.sato, Sought())
    Slot.objects.exclude(pk=Slot.objects.first().pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=cast.tanaka, withdrawn_reason="staff"
    )
    with django_assert_num_queries(8):
        queries.next_times(cast.sato, Sought())
