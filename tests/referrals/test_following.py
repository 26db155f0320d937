"""What is known by itself: visits and releases are steps of the way, once each, however often they are heard of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.inquiries import actions as inquiries
from apps.referrals import queries
from apps.referrals.actions import follow_release, follow_visit
from apps.referrals.models import Consultation, Referral, Step
from apps.visits import actions as visits
from apps.visits.models import Visit, VisitClient
from tests.facilities.makers import make_facility
from tests.inquiries.makers import CONTACT, make_inquiry, make_introduction, make_reply
from tests.referrals.makers import make_referral, make_way
from tests.visits.makers import make_slot, make_visit


@pytest.fixture
def facility(cast):
    return make_facility(cast.suzuki, organization=cast.takahashi.organization)


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """Do something, and let everybody hear of it."""

    def hear(deed, **about):
        with django_capture_on_commit_callbacks(execute=True):
            return deed(**about)

    return hear


def booked(cast, facility, heard, *, client=True, **slot) -> Visit:
    place = make_slot(cast.suzuki, facility, **slot)
    about = {"age_group": "preschool", "need": "", "client": cast.hana if client else None}
    visit = visits.hold_place(slot=place, by=cast.sato, **about)
    return heard(visits.book_visit, visit=visit, by=cast.sato)


def kinds(referral):
    return list(referral.steps.values_list("kind", flat=True))


def test_a_visit_that_is_booked_is_a_step_of_the_way(cast, facility, heard):
    referral = make_referral(cast.hana, by=cast.sato, facility=facility)

    visit = booked(cast, facility, heard)

    step = referral.steps.get()
    assert (step.kind, step.visit, step.recorded_by) == ("visit_booked", visit, cast.sato)


def test_who_books_for_a_client_on_no_list_has_consulted_them_that_day(cast, facility, heard):
    visit = booked(cast, facility, heard)

    referral = Referral.objects.select_related("consultation").get()
    assert referral.state == "visit_booked"
    assert referral.consultation.consulted_on == referral.steps.get().happened_on
    assert referral.facility == visit.slot.facility


def test_a_facility_more_goes_on_the_list_of_the_consultation_that_is_under_way(cast, facility, heard):
    other = make_referral(cast.hana, by=cast.sato)

    booked(cast, facility, heard)

    assert Consultation.objects.get() == other.consultation
    assert Referral.objects.count() == 2


def test_a_visit_without_a_name_is_a_step_of_nobody(cast, facility, heard):
    booked(cast, facility, heard, client=False)

    assert not Referral.objects.exists()


def test_a_visit_that_is_heard_of_twice_is_written_once(cast, facility, heard):
    visit = booked(cast, facility, heard)

    follow_visit(environment=cast.environment, visit_id=visit.pk)

    assert Step.objects.count() == 1


def test_a_visit_that_is_cancelled_leads_back(cast, facility, heard):
    visit = booked(cast, facility, heard)

    heard(visits.cancel_visit, visit=visit, reason="family", by=cast.sato)

    referral = Referral.objects.get()
    assert kinds(referral) == ["visit_booked", "visit_cancelled"]
    assert referral.state == "introduced"


def test_a_family_that_cancels_by_its_key_is_written_without_an_actor(cast, facility, heard):
    visit = booked(cast, facility, heard)

    heard(visits.cancel_by_key, code=visit.family_key.code)

    assert Step.objects.get(kind="visit_cancelled").recorded_by is None


def test_a_time_that_the_facility_takes_back_cancels_the_visit(cast, facility, heard):
    visit = booked(cast, facility, heard)

    heard(visits.withdraw_slot, slot=visit.slot, reason="staff", by=cast.takahashi)

    assert Referral.objects.get().state == "introduced"


def test_a_visit_that_is_moved_within_the_facility_stays_booked(cast, facility, heard):
    visit = booked(cast, facility, heard)

    heard(visits.move_visit, visit=visit, to=make_slot(cast.suzuki, facility), by=cast.sato)

    assert kinds(Referral.objects.get()) == ["visit_booked", "visit_booked"]
    assert Referral.objects.get().state == "visit_booked"


def test_a_visit_that_is_moved_to_another_facility_is_a_step_of_both(cast, facility, heard):
    visit = booked(cast, facility, heard)
    other = make_facility(cast.suzuki)

    heard(visits.move_visit, visit=visit, to=make_slot(cast.suzuki, other), by=cast.sato)

    states = dict(Referral.objects.values_list("facility", "state"))
    assert states == {facility.pk: "introduced", other.pk: "visit_booked"}


def test_what_does_not_follow_is_left_to_the_desk(cast, facility, heard):
    referral = make_way(
        make_referral(cast.hana, by=cast.sato, facility=facility), "introduced", "visited", by=cast.sato
    )

    booked(cast, facility, heard)

    assert kinds(referral) == ["introduced", "visited"]


def told(cast, heard):
    make_introduction(cast.hana, by=cast.sato, to=[cast.takahashi.organization])
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[cast.takahashi.organization])
    recipient = inquiry.recipients.get()
    make_reply(recipient, by=cast.takahashi)
    heard(inquiries.release_identity, recipient=recipient, contact=CONTACT, by=cast.sato)
    return inquiry


def test_an_office_that_is_told_the_name_was_introduced(cast, facility, heard):
    inquiry = told(cast, heard)
    follow_release(environment=cast.environment, inquiry_id=inquiry.pk)

    referral = Referral.objects.get()
    assert (referral.facility, referral.state) == (facility, "introduced")
    assert kinds(referral) == ["introduced"]


def test_an_office_with_several_facilities_is_left_to_the_desk(cast, facility, heard):
    make_facility(cast.suzuki, organization=cast.takahashi.organization)

    told(cast, heard)

    assert not Referral.objects.exists()


def test_an_inquiry_that_is_withdrawn_introduces_nobody(cast, facility, heard):
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[cast.takahashi.organization])

    heard(inquiries.withdraw_inquiry, inquiry=inquiry, by=cast.sato)

    assert not Referral.objects.exists()


def test_a_visit_that_is_over_asks_whether_they_came(cast, facility):
    yesterday = timezone.now() - timedelta(days=1)
    visit = make_visit(make_slot(cast.suzuki, facility, starts_at=yesterday), cast.sato)
    VisitClient.objects.create(environment=cast.environment, visit=visit, client=cast.hana)
    follow_visit(environment=cast.environment, visit_id=visit.pk)

    line = queries.line_of(cast.sato, Referral.objects.get())

    assert (line.was_to_come_at, line.next_kind) == (yesterday, "visited")
