"""A visit for a client: who may book it, what the facility is told under which consent, the room, the ledger."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.access import introducing_consent
from apps.clients.actions import withdraw_consent
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.models import RoomMembership
from apps.visits import access, actions, queries
from apps.visits.actions import Agreed
from apps.visits.models import FamilyKey, VisitClient
from apps.visits.refusals import AgreementIncomplete, NeedNamesTheClient, NotIntroduced
from tests import makers
from tests.facilities.makers import make_facility
from tests.visits.makers import make_slot

AGREED = Agreed(contact="長女 洋子 090-0000-0000", signer="family", signer_name="佐々木 洋子", relation="長女")


@pytest.fixture
def facility(cast):
    """Of takahashi's organization, which cares for nobody of the cast."""
    return make_facility(cast.takahashi, organization=cast.takahashi.organization)


@pytest.fixture
def hold(cast, facility):
    def held(by=None, **about):
        slot = make_slot(cast.takahashi, facility)
        return actions.hold_place(
            slot=slot, by=by or cast.tanaka, **{"age_group": "adult", "need": "", "client": cast.hana, **about}
        )

    return held


@pytest.fixture
def book(cast, hold):
    def booked(agreed=AGREED, by=None):
        return actions.book_visit(visit=hold(by), agreed=agreed, by=by or cast.tanaka)

    return booked


# -- who books for whom


def test_a_place_is_held_for_a_client_and_the_ledger_names_them(cast, hold):
    visit = hold()

    assert VisitClient.objects.get(visit=visit).client == cast.hana
    assert Entry.objects.get(verb="visits.held").client_id == cast.hana.pk


@pytest.mark.parametrize(("person", "refusal"), [("ito", NotHere), ("kobayashi", NotAllowed)])
def test_nobody_books_for_a_client_whose_care_they_do_not_arrange(cast, hold, person, refusal):
    with pytest.raises(refusal):
        hold(cast[person])


@pytest.mark.parametrize("need", ["佐々木さんは車いす", "ハナさん、午後希望", "ササキ様"])
def test_a_need_that_names_the_client_is_refused_before_anybody_reads_it(hold, need):
    with pytest.raises(NeedNamesTheClient):
        hold(need=need)

    assert not VisitClient.objects.exists()


def test_only_those_are_offered_whose_care_one_arranges(cast):
    def offered(person, typed):
        return queries.clients_to_pick(cast[person], typed)

    assert [offered(person, "ささき") for person in ("tanaka", "sato", "takahashi")] == [[cast.hana], [cast.hana], []]
    assert offered("tanaka", " ") == []


def test_whom_one_was_busy_with_last_is_offered_first(cast, hold):
    other = makers.make_client(cast.environment, seats=[], division=cast.city, name="別府 太郎", kana="べっぷ たろう")
    hold()
    hold(client=other)

    assert queries.recent_clients(cast.tanaka) == [other, cast.hana]
    assert queries.recent_clients(cast.sato) == []


def test_the_record_says_what_is_sought(cast):
    child = makers.make_client(
        cast.environment,
        seats=[],
        division=cast.city,
        born_on=timezone.localdate() - timedelta(days=3 * 365),
        needs=["medical_care"],
        weekdays=[0, 2],
    )

    sought = queries.sought_for(child)

    assert (sought.age, sought.weekdays, sought.needs_medical_care) == ("preschool", ("mon", "wed"), True)


# -- what the facility is told


def test_before_the_booking_is_opened_the_facility_sees_no_name(cast, book, browser_of):
    visit = book()
    shown = browser_of(cast.takahashi).get(f"/e/{cast.environment.slug}/visits/{visit.pk}/").content.decode()

    assert "予約を開く" in shown
    assert not any(word in shown for word in ("佐々木", "ささき", "昭和17", "090-0000-0000"))


def test_opening_shows_who_comes_and_is_in_the_ledger_with_each_look_after_it(cast, book, browser_of):
    visit = book()
    browser, address = browser_of(cast.takahashi), f"/e/{cast.environment.slug}/visits/{visit.pk}/"

    browser.post(f"{address}opening/")
    shown = browser.get(address).content.decode()

    assert all(word in shown for word in ("佐々木 ハナ", "昭和17", "090-0000-0000"))
    entries = Entry.objects.filter(client_id=cast.hana.pk, member_id=cast.takahashi.pk).values_list("verb", flat=True)
    assert set(entries) == {"visits.booking_opened", "visits.opened"}


def test_what_is_agreed_at_the_counter_is_a_consent_for_this_facility_alone(cast, book, facility):
    visit = book()

    consent = introducing_consent(cast.hana, facility.organization)

    assert VisitClient.objects.get(visit=visit).consent == consent
    assert consent.purposes == ["introduction"] and consent.signer_name == "佐々木 洋子"
    assert list(consent.audience.values_list("organization", flat=True)) == [facility.organization_id]
    assert consent.valid_to > visit.slot.ends_at


def test_without_agreement_it_is_booked_and_never_opened(cast, book):
    visit = book(agreed=None)

    with pytest.raises(NotIntroduced):
        actions.open_booking(visit=visit, by=cast.takahashi)
    assert visit.is_booked


def test_a_consent_that_was_withdrawn_closes_what_was_opened(cast, book, facility, browser_of):
    visit = book()
    actions.open_booking(visit=visit, by=cast.takahashi)
    withdraw_consent(consent=introducing_consent(cast.hana, facility.organization), note="電話で", by=cast.tanaka)

    shown = browser_of(cast.takahashi).get(f"/e/{cast.environment.slug}/visits/{visit.pk}/").content.decode()

    assert "佐々木" not in shown


@pytest.mark.parametrize("person", ["tanaka", "sato", "suzuki", "ito"])
def test_nobody_but_the_facilitys_own_people_opens_a_booking(cast, book, person):
    with pytest.raises(NotAllowed):
        actions.open_booking(visit=book(), by=cast[person])


@pytest.mark.parametrize("left_out", ["contact", "signer_name"])
def test_an_agreement_says_who_agreed_and_whom_to_call(cast, hold, left_out):
    visit = hold()
    said = {"contact": "長女 洋子", "signer": "family", "signer_name": "佐々木 洋子", left_out: " "}

    with pytest.raises(AgreementIncomplete):
        actions.book_visit(visit=visit, agreed=Agreed(**said), by=cast.tanaka)

    visit.refresh_from_db()
    assert visit.booked_at is None


def test_the_city_and_other_offices_see_the_card_without_a_name(cast, book):
    visit = book(by=cast.sato)

    assert access.behind_for(cast.sato, visit).client == cast.hana
    assert [access.behind_for(cast[person], visit) for person in ("tanaka", "ito", "takahashi")] == [None] * 3


def test_the_database_keeps_whom_to_call_under_a_consent(cast, hold):
    behind = VisitClient.objects.get(visit=hold())

    with pytest.raises(IntegrityError), transaction.atomic():
        VisitClient.objects.filter(pk=behind.pk).update(contact="090-0000-0000")
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitClient.objects.filter(pk=behind.pk).update(opened_at=timezone.now(), opened_by=cast.takahashi)


# -- the room


def test_a_booking_opens_a_room_for_the_office_and_the_facility_only(cast, book):
    room = book(by=cast.sato).room

    inside = {one.member for one in RoomMembership.objects.open().filter(room=room).select_related("member")}
    assert inside == {cast.sato, cast.takahashi}
    assert "佐々木" not in room.title and room.client is None


def test_a_visit_that_is_moved_within_its_facility_keeps_its_room_and_key(cast, book, facility):
    visit = book()

    moved = actions.move_visit(visit=visit, to=make_slot(cast.takahashi, facility), by=cast.tanaka)

    assert moved.room == visit.room
    assert VisitClient.objects.get(visit=moved).consent is not None
    assert access.key_of(moved) == FamilyKey.objects.get()


def test_moved_to_another_facility_nobody_there_is_told_who_comes(cast, book):
    elsewhere = make_facility(cast.tanaka, organization=cast.aozora)
    moved = actions.move_visit(visit=book(), to=make_slot(cast.tanaka, elsewhere), by=cast.tanaka)

    with pytest.raises(NotIntroduced):
        actions.open_booking(visit=moved, by=cast.suzuki)
