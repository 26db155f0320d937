"""Who of the office comes along: at one visit at a time, told to both sides, shown and changed on the booking."""

import json

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from apps.visits import actions
from apps.visits.models import Slot, Visit
from apps.visits.refusals import AccompaniesAnother, NotBooked, NotOfTheOffice
from tests import makers
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_run_out, make_slot, make_visit

PROMISE = "nobody_accompanies_two_visits_at_once"


@pytest.fixture
def facility(cast):
    return make_facility(cast.suzuki, organization=cast.aozora, name="こどもの家 つくし")


@pytest.fixture
def nurse(cast):
    """A colleague of sato, who goes along."""
    return makers.make_member(cast.hidamari, name="保健師 花")


@pytest.fixture
def both(cast, facility):
    """Two visits of one office in the same hour, at two facilities."""
    slot = make_slot(cast.suzuki, facility)
    beside = make_slot(cast.tanaka, make_facility(cast.tanaka), starts_at=slot.starts_at)
    return make_visit(slot, cast.sato), make_visit(beside, cast.sato)


def test_who_comes_along_is_told_and_so_is_the_facility(cast, both, nurse):
    visit = actions.accompany(visit=both[0], member=nurse, by=cast.sato)

    told = set(Notification.objects.filter(about=visit.pk).values_list("receiver", flat=True))
    assert (visit.accompanied_by, told) == (nurse, {nurse.pk, cast.suzuki.pk})
    assert Entry.objects.get(verb="visits.accompanied").detail["member"] == str(nurse.pk)


def test_nobody_accompanies_two_visits_at_once_and_the_line_of_their_calendar_is_said(cast, both, nurse, facility):
    actions.accompany(visit=both[0], member=nurse, by=cast.sato)

    with pytest.raises(AccompaniesAnother) as refusal:
        actions.accompany(visit=both[1], member=nurse, by=cast.sato)

    assert facility.name in str(refusal.value.said) and nurse.name not in str(refusal.value.said)


def test_the_database_alone_refuses_two_visits_of_one_person(cast, both, nurse):
    Visit.objects.filter(pk=both[0].pk).update(accompanied_by=nurse)

    with pytest.raises(IntegrityError, match=PROMISE), transaction.atomic():
        Visit.objects.filter(pk=both[1].pk).update(accompanied_by=nurse)


def test_the_database_alone_refuses_two_times_of_one_facility(cast, facility):
    slot = make_slot(cast.suzuki, facility)

    with pytest.raises(IntegrityError, match="slots_of_a_facility_never_overlap"), transaction.atomic():
        Slot.objects.create(
            environment=cast.environment,
            facility=facility,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            closes_at=slot.starts_at,
            published_by=cast.suzuki,
        )


def test_what_is_held_takes_a_person_and_what_was_cancelled_does_not(cast, both, nurse):
    held = make_held(make_slot(cast.tanaka, make_facility(cast.tanaka), starts_at=both[0].slot.starts_at), cast.sato)
    actions.accompany(visit=held, member=nurse, by=cast.sato)
    with pytest.raises(AccompaniesAnother):
        actions.accompany(visit=both[0], member=nurse, by=cast.sato)
    actions.let_go(visit=held, by=cast.sato)

    assert actions.accompany(visit=both[0], member=nurse, by=cast.sato).accompanied_by == nurse


def test_a_hold_that_ran_out_takes_nobody(cast, both, nurse):
    over = make_run_out(make_slot(cast.tanaka, make_facility(cast.tanaka), starts_at=both[0].slot.starts_at), cast.sato)
    Visit.objects.filter(pk=over.pk).update(accompanied_by=nurse)

    assert actions.accompany(visit=both[0], member=nurse, by=cast.sato).accompanied_by == nurse


def test_only_somebody_of_the_office_that_books_comes_along(cast, both):
    with pytest.raises(NotOfTheOffice):
        actions.accompany(visit=both[0], member=cast.tanaka, by=cast.sato)


@pytest.mark.parametrize("person", ["suzuki", "tanaka", "ishii"])
def test_only_the_office_that_books_says_who_comes_along(cast, both, nurse, person):
    with pytest.raises(NotAllowed):
        actions.accompany(visit=both[0], member=nurse, by=cast[person])


def test_nobody_comes_along_to_a_visit_that_was_cancelled(cast, both, nurse):
    actions.cancel_visit(visit=both[0], reason="family", by=cast.sato)

    with pytest.raises(NotBooked):
        actions.accompany(visit=both[0], member=nurse, by=cast.sato)


def test_who_was_to_come_along_hears_that_the_visit_is_cancelled(cast, both, nurse):
    actions.accompany(visit=both[0], member=nurse, by=cast.sato)

    actions.cancel_visit(visit=both[0], reason="family", by=cast.sato)

    assert Notification.objects.filter(receiver=nurse, sentence__contains="was cancelled").exists()


def test_a_visit_is_moved_with_who_comes_along(cast, both, nurse, facility):
    actions.accompany(visit=both[0], member=nurse, by=cast.sato)

    assert actions.move_visit(visit=both[0], to=make_slot(cast.suzuki, facility), by=cast.sato).accompanied_by == nurse


def test_to_a_time_when_they_are_busy_the_office_moves_nothing_and_a_family_comes_alone(cast, both, nurse, facility):
    later = make_slot(cast.suzuki, facility)
    there = make_visit(make_slot(cast.tanaka, make_facility(cast.tanaka), starts_at=later.starts_at), cast.sato)
    for visit in (both[0], there):
        actions.accompany(visit=visit, member=nurse, by=cast.sato)

    with pytest.raises(AccompaniesAnother):
        actions.move_visit(visit=both[0], to=later, by=cast.sato)
    moved = actions.change_by_key(code=both[0].family_key.code, to=later)

    assert moved.accompanied_by is None


def test_the_page_offers_colleagues_with_their_lines_and_says_the_conflict_there(cast, both, nurse, browser_of):
    browser, here = browser_of(cast.sato), f"/e/{cast.environment.slug}/visits/"
    browser.post(f"{here}{both[0].pk}/accompanying/", {"member": str(nurse.pk)})

    shown = browser.get(f"{here}{both[1].pk}/").content.decode()
    answer = browser.post(f"{here}{both[1].pk}/accompanying/", {"member": str(nurse.pk)})

    assert "保健師 花 (" in shown and "こどもの家 つくし)" in shown
    assert answer.status_code == 409 and "別の見学に同行" in answer.content.decode()
    assert "保健師 花" in browser_of(cast.suzuki).get(f"{here}{both[0].pk}/").content.decode()


def test_a_program_says_who_comes_along(cast, both, nurse, browser_of):
    def put(visit, member):
        path = f"/api/v1/e/{cast.environment.slug}/visits/{visit.pk}/accompanying/"
        return browser_of(cast.sato).put(path, json.dumps({"member": member}), content_type="application/json")

    assert put(both[0], str(nurse.pk)).json()["accompanied_by"] == str(nurse.pk)
    assert (put(both[1], str(nurse.pk)).status_code, put(both[1], str(cast.tanaka.pk)).status_code) == (409, 422)
    assert put(both[0], None).json()["accompanied_by"] is None


def test_the_talk_room_of_a_visit_hears_who_comes_along_that_it_is_moved_and_cancelled(cast, facility, nurse):
    held = actions.hold_place(slot=make_slot(cast.suzuki, facility), age_group="adult", need="", by=cast.sato)
    visit = actions.book_visit(visit=held, by=cast.sato)

    actions.accompany(visit=visit, member=nurse, by=cast.sato)
    moved = actions.move_visit(visit=visit, to=make_slot(cast.suzuki, facility), by=cast.sato)
    actions.cancel_visit(visit=moved, reason="full", by=cast.suzuki)

    said = list(moved.room.messages.order_by("number").values_list("author", flat=True))
    assert said == [cast.sato.pk, cast.sato.pk, cast.suzuki.pk]
