"""Answering and choosing: structured reasons, one chosen office, a consent that covers it, and a word to all others."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.environments.kinds import organization_kind_of
from apps.inquiries import actions, queries
from apps.inquiries.access import asked_for, release_for
from apps.inquiries.kinds import InquiryState
from apps.inquiries.models import Inquiry, InquiryReply, Release
from apps.inquiries.refusals import (
    InquiryClosed,
    InquiryOver,
    NotCovered,
    NotWilling,
    RepliedMeanwhile,
    WithoutContact,
    WithoutReason,
)
from apps.kernel.refusals import IndividualNumber, NotHere
from apps.notices.models import Notification
from tests.facilities.makers import make_facility
from tests.inquiries.makers import CONTACT, closed_by_row, make_inquiry, make_introduction, make_release, make_reply


@pytest.fixture
def midori(cast):
    return cast.takahashi.organization


@pytest.fixture
def inquiry(cast, midori):
    return make_inquiry(cast.hana, by=cast.sato, asks=[midori, cast.aozora])


@pytest.fixture
def asked(cast, inquiry):
    return inquiry.recipients.get(number=1)


def test_an_answer_is_changed_until_the_last_moment(cast, inquiry, asked):
    make_reply(
        asked, by=cast.takahashi, said="talk", reasons=["staff", "full"], from_on=date(2027, 1, 10), remark="要相談"
    )

    reply = make_reply(asked, by=cast.takahashi, said="can", version=1)

    assert (reply.version, reply.said, reply.reasons) == (2, "can", [])
    assert Notification.objects.get(receiver=cast.takahashi, about=asked.pk).settled_at is not None
    assert [one.detail["said"] for one in Entry.objects.filter(verb="inquiries.answered").order_by("id")] == [
        "talk",
        "can",
    ]
    assert not Entry.objects.filter(verb="inquiries.answered").exclude(client_id=None).exists()


def test_who_cannot_says_why_and_when_is_said_by_who_can(cast, asked):
    with pytest.raises(WithoutReason):
        make_reply(asked, by=cast.takahashi, said="cannot")

    reply = make_reply(asked, by=cast.takahashi, said="cannot", reasons=["full", "area"], from_on=date(2027, 1, 1))

    assert (reply.reasons, reply.from_on) == (["full", "area"], None)


def test_of_two_who_answer_at_once_the_second_is_told(cast, asked):
    make_reply(asked, by=cast.takahashi)

    with pytest.raises(RepliedMeanwhile):
        make_reply(asked, by=cast.takahashi, said="talk")


def test_nobody_answers_for_another_office_or_writes_an_individual_number(cast, asked):
    for person in (cast.suzuki, cast.sato, cast.ito):
        with pytest.raises(NotHere):
            make_reply(asked, by=person)
    with pytest.raises(IndividualNumber):
        make_reply(asked, by=cast.takahashi, remark="123456789018")


def test_after_the_last_moment_nothing_is_taken_and_one_can_still_be_chosen(
    cast, midori, test_database, inquiry, asked
):
    make_reply(asked, by=cast.takahashi)
    make_introduction(cast.hana, by=cast.sato, to=[midori])
    later = timezone.now() + timedelta(days=3)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        with pytest.raises(InquiryOver):
            make_reply(asked, by=cast.takahashi, version=1)
        assert inquiry.state == InquiryState.OVERDUE
        assert actions.release_identity(recipient=asked, contact=CONTACT, by=cast.sato)


def test_whoever_asked_is_told_when_every_office_has_answered(cast, inquiry):
    first, second = inquiry.recipients.all()
    make_reply(first, by=cast.takahashi)
    about = Notification.objects.filter(receiver=cast.sato, sentence__contains="Every office has answered")
    assert not about.exists()

    make_reply(second, by=cast.suzuki, said="cannot", reasons=["full"])
    make_reply(second, by=cast.suzuki, version=1)

    assert about.count() == 1


def test_the_chosen_office_is_told_and_the_others_that_it_is_settled(cast, inquiry):
    release = make_release(inquiry, by=cast.sato, answered_by=cast.takahashi)

    said = {
        one.receiver: one.sentence
        for one in Notification.objects.filter(about=None).exclude(sentence__contains="Welcome")
    }
    assert "chosen" in said[cast.takahashi]
    assert "settled" in said[cast.suzuki]
    entry = Entry.objects.get(verb="inquiries.released")
    assert (entry.client_id, entry.detail["organization"]) == (cast.hana.pk, str(cast.takahashi.organization_id))
    assert entry.detail["consent"] == str(release.consent_id)
    assert queries.unanswered_count(cast.suzuki) == 0
    assert Inquiry.objects.get().state == InquiryState.SETTLED


def test_without_a_consent_that_covers_the_office_nothing_is_told(cast, inquiry, asked, midori):
    make_reply(asked, by=cast.takahashi)
    for wrong in (
        {"to": [cast.aozora]},
        {"to": [midori], "withdrawn_at": timezone.now(), "withdrawn_by": cast.sato},
        {
            "to": [midori],
            "valid_from": timezone.now() - timedelta(days=9),
            "valid_to": timezone.now() - timedelta(days=1),
        },
    ):
        make_introduction(cast.hana, by=cast.sato, **wrong)

        with pytest.raises(NotCovered):
            actions.release_identity(recipient=asked, contact=CONTACT, by=cast.sato)
    assert not Release.objects.exists()
    assert inquiry.state == InquiryState.OPEN

    make_introduction(cast.hana, by=cast.sato, to=[midori])
    assert actions.release_identity(recipient=asked, contact=CONTACT, by=cast.sato)


class TestAnOfficeThatTakesNoPart:
    """It has no organization here: a consent that names every organization of its kind covers it, and it is told by phone."""

    @pytest.fixture
    def willing(self, cast):
        facility = make_facility(cast.sato, name="放課後等デイ こみち")
        inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[cast.aozora], facilities=[facility])
        recipient = inquiry.recipients.get(facility=facility)
        actions.enter_answer(recipient=recipient, said="can", version=0, by=cast.sato)
        return recipient

    def test_it_is_chosen_by_a_consent_that_names_its_kind(self, cast, willing):
        kind = organization_kind_of(willing.facility.kind)
        for wrong in ({"to": [cast.aozora]}, {"to": [], "kinds": ["pharmacy"]}):
            make_introduction(cast.hana, by=cast.sato, **wrong)
            with pytest.raises(NotCovered):
                actions.release_identity(recipient=willing, contact=CONTACT, by=cast.sato)

        consent = make_introduction(cast.hana, by=cast.sato, to=[], kinds=[kind])
        release = actions.release_identity(recipient=willing, contact=CONTACT, by=cast.sato)

        assert (release.recipient, release.consent) == (willing, consent)
        assert Entry.objects.get(verb="inquiries.released").detail["organization"] == ""
        assert Inquiry.objects.get().state == InquiryState.SETTLED

    def test_the_page_says_that_it_has_to_be_called_and_what_to_tell(self, cast, browser_of, willing):
        make_introduction(cast.hana, by=cast.sato, to=[], kinds=[organization_kind_of(willing.facility.kind)])
        path = f"/e/sakuragawa-care/inquiries/{willing.inquiry_id}/recipients/{willing.pk}/release/"

        page = browser_of(cast.sato).get(path)

        assert page.context["has_account"] is False
        assert cast.hana.kana in page.content.decode()


def test_a_consent_for_coordinating_care_does_not_introduce_anybody(cast, inquiry):
    # hana's consent covers aozora for coordination: that is another purpose.
    recipient = inquiry.recipients.get(organization=cast.aozora)
    make_reply(recipient, by=cast.suzuki)

    with pytest.raises(NotCovered):
        actions.release_identity(recipient=recipient, contact=CONTACT, by=cast.sato)


def test_the_name_is_shown_to_the_chosen_office_alone_and_while_the_consent_holds(cast, inquiry, asked):
    release = make_release(inquiry, by=cast.sato, answered_by=cast.takahashi)
    other = inquiry.recipients.get(number=2)
    assert release_for(cast.takahashi, asked) == release
    assert release_for(cast.suzuki, other) is None
    with pytest.raises(NotHere):
        release_for(cast.suzuki, asked)

    release.consent.withdrawn_at, release.consent.withdrawn_by = timezone.now(), cast.sato
    release.consent.save(update_fields=["withdrawn_at", "withdrawn_by"])

    assert release_for(cast.takahashi, asked) is None


def test_an_office_that_cannot_or_has_not_answered_is_not_chosen(cast, inquiry, asked, midori):
    make_introduction(cast.hana, by=cast.sato, to=[midori])
    with pytest.raises(NotWilling):
        actions.release_identity(recipient=asked, contact=CONTACT, by=cast.sato)
    make_reply(asked, by=cast.takahashi, said="cannot", reasons=["full"])

    with pytest.raises(NotWilling):
        actions.release_identity(recipient=asked, contact=CONTACT, by=cast.sato)


def test_whom_to_call_is_said_and_nobody_else_chooses(cast, inquiry, asked, midori):
    make_introduction(cast.hana, by=cast.sato, to=[midori])
    make_reply(asked, by=cast.takahashi)

    with pytest.raises(WithoutContact):
        actions.release_identity(recipient=asked, contact="  ", by=cast.sato)
    for person in (cast.takahashi, cast.tanaka, cast.suzuki, cast.ito):
        with pytest.raises(NotHere):
            actions.release_identity(recipient=asked, contact=CONTACT, by=person)


def test_one_office_is_told_and_no_second_one_also_past_the_verb(cast, inquiry):
    release = make_release(inquiry, by=cast.sato, answered_by=cast.takahashi)
    other = inquiry.recipients.get(number=2)

    with pytest.raises(InquiryClosed):
        actions.release_identity(recipient=other, contact=CONTACT, by=cast.sato)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.create(
            environment=cast.environment,
            inquiry=inquiry,
            recipient=other,
            consent=release.consent,
            contact=CONTACT,
            released_by=cast.sato,
        )


def test_the_database_tells_nobody_who_was_not_asked_and_by_no_other_clients_consent(cast, inquiry, midori):
    elsewhere = make_inquiry(cast.hana, by=cast.sato, asks=[midori])
    consent = make_introduction(cast.hana, by=cast.sato, to=[midori])
    row = {"environment": cast.environment, "inquiry": inquiry, "contact": CONTACT, "released_by": cast.sato}

    with pytest.raises(IntegrityError, match="a release is of its inquiry"), transaction.atomic():
        Release.objects.create(**row, recipient=elsewhere.recipients.get(), consent=consent)
    assert Release.objects.create(**row, recipient=inquiry.recipients.get(number=1), consent=consent)


def test_withdrawing_tells_everybody_and_ends_it(cast, inquiry, asked):
    actions.withdraw_inquiry(inquiry=inquiry, by=cast.sato)

    told = Notification.objects.filter(sentence__contains="was withdrawn")
    assert {one.receiver for one in told} == {cast.takahashi, cast.suzuki}
    with pytest.raises(InquiryOver):
        make_reply(asked, by=cast.takahashi)
    with pytest.raises(InquiryClosed):
        actions.withdraw_inquiry(inquiry=inquiry, by=cast.sato)
    assert Entry.objects.get(verb="inquiries.withdrawn").client_id == cast.hana.pk


def test_what_is_over_stays_over_also_past_the_verbs(cast, inquiry, asked):
    closed_by_row(inquiry, "withdrawn", cast.sato)

    with pytest.raises(IntegrityError, match="stays as it ended"), transaction.atomic():
        closed_by_row(inquiry, "settled", cast.sato)
    with pytest.raises(IntegrityError, match="takes no answer"), transaction.atomic():
        InquiryReply.objects.create(
            environment=cast.environment, recipient=asked, said="can", answered_by=cast.takahashi
        )


def test_a_notice_names_nobody(cast, inquiry):
    make_release(inquiry, by=cast.sato, answered_by=cast.takahashi)

    for one in Notification.objects.all():
        assert not any(word in one.said + one.path for word in ("佐々木", "ハナ", "ささき", str(cast.hana.pk)))


def test_reasons_are_counted_by_day_and_age(cast, inquiry):
    first, second = inquiry.recipients.all()
    make_reply(first, by=cast.takahashi, said="cannot", reasons=["full", "medical_care"])
    make_reply(second, by=cast.suzuki, said="talk", reasons=["full"])
    today = timezone.localdate()

    counted = queries.unmet_need(since=today, until=today)

    assert counted == {
        ("mon", "under_85", "full"): 2,
        ("wed", "under_85", "full"): 2,
        ("mon", "under_85", "medical_care"): 1,
        ("wed", "under_85", "medical_care"): 1,
    }
    assert not queries.unmet_need(since=today + timedelta(days=1), until=today + timedelta(days=2))


def test_whom_one_is_asked_beside_is_told_to_nobody(cast, inquiry, asked):
    found = asked_for(cast.takahashi, asked.pk)

    with pytest.raises(NotHere):
        asked_for(cast.suzuki, found.pk)
    with pytest.raises(NotHere):
        asked_for(cast.sato, found.pk)
