"""Beyond the rule knowingly: by whom it may be, with a reason, marked wherever the visit shows, and told."""

import json

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from apps.visits import actions
from apps.visits.models import Slot, Visit
from apps.visits.refusals import ExceptionUnexplained, NeedNamesTheClient, NothingToOverride, SlotTaken
from tests import makers
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_slot, make_visit

WHY = "きょうだいを一緒に見学させたいため"
FOR = {"age_group": "preschool", "need": ""}


@pytest.fixture
def facility(cast):
    return make_facility(cast.suzuki, organization=cast.aozora)


@pytest.fixture
def full(cast, facility):
    """A time with one place, which is booked."""
    slot = make_slot(cast.suzuki, facility)
    make_visit(slot, cast.sato)
    return slot


@pytest.fixture
def manager(cast):
    """Who leads the facility."""
    return makers.make_member(cast.aozora, profession="child_development_manager")


def test_the_desk_gives_the_next_place_and_it_is_marked(cast, full):
    visit = actions.hold_beyond(slot=full, reason=WHY, by=cast.tanaka, **FOR)

    assert (visit.place, visit.overridden_by, visit.overridden_reason) == (2, cast.tanaka, WHY)
    assert Entry.objects.get(verb="visits.held").detail["is_exception"] is True


def test_who_leads_the_facility_gives_a_place_of_it_and_books_it(cast, full, manager):
    visit = actions.hold_beyond(slot=full, reason=WHY, by=manager, **FOR)

    assert actions.book_visit(visit=visit, by=manager).is_booked


@pytest.mark.parametrize("person", ["sato", "suzuki", "ishii", "kobayashi"])
def test_nobody_else_goes_beyond_the_places(cast, full, person):
    with pytest.raises(NotAllowed):
        actions.hold_beyond(slot=full, reason=WHY, by=cast[person], **FOR)


def test_an_exception_without_a_reason_is_refused(cast, full):
    with pytest.raises(ExceptionUnexplained):
        actions.hold_beyond(slot=full, reason=" ", by=cast.tanaka, **FOR)


def test_a_reason_that_names_the_client_is_refused(cast, full):
    with pytest.raises(NeedNamesTheClient):
        actions.hold_beyond(slot=full, reason="ハナさんのため", client=cast.hana, by=cast.tanaka, **FOR)


def test_where_a_place_is_free_there_is_nothing_to_override(cast, facility):
    with pytest.raises(NothingToOverride):
        actions.hold_beyond(slot=make_slot(cast.suzuki, facility), reason=WHY, by=cast.tanaka, **FOR)


def test_facility_office_and_desk_are_told_of_a_booked_exception(cast, full):
    clerk = makers.make_member(cast.city, role="desk")
    visit = actions.hold_beyond(slot=full, reason=WHY, by=cast.tanaka, **FOR)

    actions.book_visit(visit=visit, by=cast.tanaka)

    told = Notification.objects.filter(about=visit.pk, sentence__contains="exception")
    assert {note.receiver for note in told} == {cast.suzuki, clerk}


def test_an_exception_takes_no_place_of_the_time(cast, full):
    beyond = actions.hold_beyond(slot=full, reason=WHY, by=cast.tanaka, **FOR)
    actions.cancel_visit(visit=full.visits.get(place=1), reason="family", by=cast.sato)

    assert Slot.objects.with_a_place().filter(pk=full.pk).exists()
    assert actions.hold_place(slot=full, by=cast.sato, **FOR).place == 1
    with pytest.raises(SlotTaken):
        actions.hold_place(slot=full, by=cast.sato, **FOR)
    assert actions.change_capacity(slot=full, capacity=1, by=cast.suzuki).capacity == 1
    assert beyond.place == 2


def test_without_the_verb_the_database_gives_no_place_beyond_and_no_mark_without_a_reason(cast, full):
    for about in ({}, {"overridden_by": cast.tanaka}, {"overridden_reason": WHY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_held(full, cast.tanaka, place=2, **about)


def test_a_mark_is_not_taken_away(cast, full):
    visit = actions.hold_beyond(slot=full, reason=WHY, by=cast.tanaka, **FOR)

    for about in ({"overridden_by": None, "overridden_reason": ""}, {"overridden_reason": "ほか"}):
        with pytest.raises(IntegrityError, match="an_exception_stays_marked"), transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(**about)


@pytest.fixture
def both(cast, facility):
    """Two visits of the desk in one hour; tanaka accompanies the first."""
    slot = make_slot(cast.suzuki, facility)
    beside = make_slot(cast.tanaka, make_facility(cast.tanaka), starts_at=slot.starts_at)
    visits = make_visit(slot, cast.tanaka), make_visit(beside, cast.tanaka)
    actions.accompany(visit=visits[0], member=cast.tanaka, by=cast.tanaka)
    return visits


def test_the_desk_lets_somebody_come_along_who_is_taken_with_a_reason(cast, both):
    visit = actions.accompany_regardless(visit=both[1], member=cast.tanaka, reason=WHY, by=cast.tanaka)

    visit.refresh_from_db()
    assert (visit.accompanied_by, visit.is_exception, visit.overridden_reason) == (cast.tanaka, True, WHY)
    with pytest.raises(NothingToOverride):
        actions.accompany_regardless(visit=both[1], member=cast.tanaka, reason=WHY, by=cast.tanaka)


def test_a_member_of_an_office_lets_nobody_come_along_who_is_taken(cast, facility):
    visit = make_visit(make_slot(cast.suzuki, facility), cast.sato)

    with pytest.raises(NotAllowed):
        actions.accompany_regardless(visit=visit, member=cast.sato, reason=WHY, by=cast.sato)


def test_the_mark_stands_on_every_page_of_the_visit_and_the_reason_on_its_own(cast, full, browser_of):
    visit = actions.hold_beyond(slot=full, reason=WHY, by=cast.tanaka, **FOR)
    actions.book_visit(visit=visit, by=cast.tanaka)
    here = f"/e/{cast.environment.slug}/"
    paths = ("visits/", f"visits/{visit.pk}/", f"visits/times/{full.pk}/", f"facilities/{full.facility_id}/visits/")

    for person in (cast.suzuki, cast.tanaka):
        shown = [browser_of(person).get(here + path).content.decode() for path in paths]
        assert all("例外" in page for page in shown) and WHY in shown[1]


def test_whoever_finds_a_time_full_goes_on_with_what_they_had_typed(cast, full, browser_of):
    browser, here = browser_of(cast.tanaka), f"/e/{cast.environment.slug}/visits/times/{full.pk}/"
    refused = browser.post(f"{here}hold/", {"age_group": "primary", "need": "午後"})
    assert refused.status_code == 409 and "例外として仮押さえ" in refused.content.decode()
    assert browser.post(f"{here}beyond/", {"age_group": "primary", "reason": ""}).status_code == 422

    answer = browser.post(f"{here}beyond/", {"age_group": "primary", "need": "午後", "reason": WHY})

    assert answer.url.endswith(f"/visits/{Visit.objects.get(place=2).pk}/")


def test_a_program_goes_beyond_with_a_reason(cast, full, both, browser_of):
    def send(method, path, **body):
        ask = getattr(browser_of(cast.tanaka), method)
        where = f"/api/v1/e/{cast.environment.slug}/visits/{path}"
        return ask(where, json.dumps(body), content_type="application/json")

    assert send("post", f"times/{full.pk}/beyond/", age_group="adult").status_code == 400
    assert send("post", f"times/{full.pk}/beyond/", age_group="adult", reason=WHY).json()["is_exception"] is True
    taken = {"member": str(cast.tanaka.pk)}
    assert send("put", f"{both[1].pk}/accompanying/", **taken).status_code == 409
    assert send("put", f"{both[1].pk}/accompanying/", **taken, reason=WHY).json()["overridden_reason"] == WHY
