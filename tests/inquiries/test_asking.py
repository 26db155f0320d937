"""Asking: by whom, for whom, of whom; which words are refused, and which are confirmed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.actions import open_by_hand
from apps.inquiries import actions, queries
from apps.inquiries.access import asked_of, inquiries_of
from apps.inquiries.models import Inquiry, InquiryClient, Recipient
from apps.inquiries.refusals import (
    IdentifyingWords,
    NobodyAsked,
    PastDueTime,
    PlaceOfProtected,
    RecipientNotHere,
    TooManyAsked,
)
from apps.kernel.refusals import IndividualNumber, NotAllowed, NotHere
from apps.notices.models import Notification
from tests import makers
from tests.inquiries.makers import CARD, make_inquiry


@pytest.fixture
def midori(cast):
    return cast.takahashi.organization


def test_every_office_that_is_asked_is_told_and_the_ledger_names_the_client(cast, midori):
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[midori, cast.aozora])

    assert [one.name for one in inquiry.recipients.all()] == [midori.name, cast.aozora.name]
    told = Notification.objects.filter(sentence__contains="anonymous inquiry asks")
    assert {one.receiver for one in told} == {cast.takahashi, cast.suzuki}
    entry = Entry.objects.get(verb="inquiries.sent")
    assert (entry.client_id, entry.subject_id, entry.detail["recipients"]) == (cast.hana.pk, str(inquiry.pk), 2)


@pytest.mark.parametrize(
    ("person", "refusal"), [("takahashi", NotHere), ("kobayashi", NotHere), ("ito", NotHere), ("watanabe", NotHere)]
)
def test_who_does_not_coordinate_the_clients_care_does_not_ask_for_them(cast, midori, person, refusal):
    assert make_inquiry(cast.hana, by=cast.sato, asks=[midori])

    with pytest.raises(refusal):
        make_inquiry(cast.hana, by=cast[person], asks=[cast.aozora])


def test_a_client_that_was_opened_by_hand_is_asked_for_by_nobody(cast, midori):
    makers.make_consent(cast.hana, by=cast.sato, organizations=[midori])
    open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)

    with pytest.raises(NotAllowed):
        make_inquiry(cast.hana, by=cast.takahashi, asks=[cast.aozora])


def test_the_desk_of_the_division_in_charge_asks_and_each_organization_sees_its_own(cast, midori):
    ours, theirs = (make_inquiry(cast.hana, by=by, asks=[midori]) for by in (cast.sato, cast.tanaka))

    assert (list(inquiries_of(cast.sato)), list(inquiries_of(cast.tanaka))) == ([ours], [theirs])
    assert [list(inquiries_of(cast[one])) for one in ("takahashi", "ito", "kobayashi", "suzuki")] == [[], [], [], []]


def test_who_no_longer_sees_the_client_no_longer_sees_the_inquiry(cast, midori):
    make_inquiry(cast.hana, by=cast.sato, asks=[midori])
    cast.hana.seats.filter(organization=cast.hidamari).update(valid_to=timezone.now())

    assert list(inquiries_of(cast.sato)) == []


def test_nobody_asked_too_many_asked_and_a_past_moment_are_refused(cast, midori):
    many = [makers.make_organization(cast.environment) for _ in range(31)]

    with pytest.raises(NobodyAsked):
        make_inquiry(cast.hana, by=cast.sato, asks=[])
    with pytest.raises(TooManyAsked) as refused:
        make_inquiry(cast.hana, by=cast.sato, asks=many)
    assert "30" in refused.value.said
    with pytest.raises(PastDueTime):
        make_inquiry(cast.hana, by=cast.sato, asks=[midori], due_at=timezone.now() - timedelta(minutes=1))
    assert make_inquiry(cast.hana, by=cast.sato, asks=many[:30]).recipients.count() == 30


def test_ones_own_office_a_family_and_an_office_of_elsewhere_are_not_asked(cast):
    for body in (cast.hidamari, cast.kobayashi.organization, cast.watanabe.organization):
        with pytest.raises(RecipientNotHere):
            make_inquiry(cast.hana, by=cast.sato, asks=[body])


def test_a_word_that_could_tell_who_it_is_is_changed_or_confirmed(cast, midori):
    card = replace(CARD, text="担当は田中さんです。")

    with pytest.raises(IdentifyingWords) as refused:
        make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=card)
    assert [one.word for one in refused.value.found["text"]] == ["田中さん"]
    assert "田中" not in refused.value.said

    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=card, confirmed=["田中さん"])
    assert inquiry.confirmed == ["田中さん"]


def test_confirming_one_word_confirms_no_other(cast, midori):
    card = replace(CARD, text="田中さん、電話は090-1234-5678")

    with pytest.raises(IdentifyingWords) as refused:
        make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=card, confirmed=["田中さん"])
    assert [one.word for one in refused.value.found["text"]] == ["電話は090-1234-5678"]


@pytest.mark.parametrize("text", ["佐々木ハナさんの件", "ササキ　ハナ", "ｻｻｷﾊﾅ"])
def test_the_clients_own_full_name_is_never_confirmed(cast, midori, text):
    card = replace(CARD, text=text)

    with pytest.raises(IdentifyingWords) as refused:
        make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=card)
    words = [one.word for one in refused.value.found["text"]]
    with pytest.raises(IdentifyingWords):
        make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=card, confirmed=words)


def test_the_names_of_the_family_are_known_too(cast, midori):
    makers.make_contact(cast.hana, by=cast.sato, name="四十九院 薫")

    with pytest.raises(IdentifyingWords):
        make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=replace(CARD, area="四十九院薫の近く"))


def test_an_individual_number_is_refused_outright(cast, midori):
    card = replace(CARD, text="番号は1234 5678 9018です")

    with pytest.raises(IndividualNumber):
        make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=card, confirmed=["1234 5678 9018"])


def test_of_a_protected_client_no_district_is_told(cast, midori):
    cast.hana.is_protected, cast.hana.area, cast.hana.school_district = True, "", ""
    cast.hana.save(update_fields=["is_protected", "area", "school_district"])

    with pytest.raises(PlaceOfProtected):
        make_inquiry(cast.hana, by=cast.sato, asks=[midori])
    assert make_inquiry(cast.hana, by=cast.sato, asks=[midori], card=replace(CARD, area=""))


def test_what_was_asked_and_for_whom_stays_as_it_was(cast, midori):
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[midori])

    for change in (
        lambda: Inquiry.objects.filter(pk=inquiry.pk).update(text="別の話"),
        lambda: InquiryClient.objects.filter(inquiry=inquiry).update(client=cast.hana),
        lambda: Recipient.objects.filter(inquiry=inquiry).delete(),
    ):
        with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic():
            change()


def test_an_office_is_asked_once(cast, midori):
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[midori, midori])

    assert inquiry.recipients.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Recipient.objects.create(environment=cast.environment, inquiry=inquiry, number=2, organization=midori)


def test_a_list_costs_the_same_however_long_it_is(cast, midori, django_assert_max_num_queries):
    for _ in range(5):
        make_inquiry(cast.hana, by=cast.sato, asks=[midori])

    with django_assert_max_num_queries(1):
        assert [(one.for_whom.client.name, one.asked) for one in queries.own_rows(cast.sato)] == [
            ("佐々木 ハナ", 1)
        ] * 5
    with django_assert_max_num_queries(1):
        assert [queries.shown(one.inquiry).area for one in queries.asked_rows(cast.takahashi)] == ["駅の東側"] * 5


def test_what_waits_for_an_answer_is_counted(cast, midori):
    make_inquiry(cast.hana, by=cast.sato, asks=[midori])
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[midori])
    assert queries.unanswered_count(cast.takahashi) == 2

    actions.withdraw_inquiry(inquiry=inquiry, by=cast.sato)

    assert (queries.unanswered_count(cast.takahashi), asked_of(cast.takahashi).count()) == (1, 2)
