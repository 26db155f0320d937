"""While answers come: reminders, more time, and the answers of offices that have only a FAX."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.inquiries import actions, queries
from apps.inquiries.access import facilities_to_ask
from apps.inquiries.models import Inquiry, InquiryReply
from apps.inquiries.refusals import (
    InquiryClosed,
    InquiryNotOpen,
    NobodyWaits,
    NotLonger,
    OfficeAnswersItself,
    WithoutReason,
)
from apps.kernel.refusals import NotHere
from apps.notices.models import Notification
from tests.facilities.makers import make_facility
from tests.inquiries.makers import closed_by_row, make_inquiry, make_reply


@pytest.fixture
def by_fax(cast):
    return make_facility(cast.sato, name="訪問入浴 こみち", fax="0123-45-9999")


@pytest.fixture
def inquiry(cast, by_fax):
    asks = [cast.takahashi.organization, cast.aozora]
    return make_inquiry(cast.hana, by=cast.sato, asks=asks, facilities=[by_fax])


@pytest.fixture
def fax(inquiry, by_fax):
    return inquiry.recipients.get(facility=by_fax)


@contextmanager
def three_days_later():
    """The time of an inquiry is up."""
    later = timezone.now() + timedelta(days=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        yield


def told(member, words):
    return Notification.objects.filter(receiver=member, sentence__contains=words).count()


def test_only_those_who_have_not_answered_are_reminded_and_once_a_day(cast, inquiry):
    make_reply(inquiry.recipients.get(number=1), by=cast.takahashi)

    assert actions.remind_inquiry(inquiry=inquiry, by=cast.sato) == 2

    assert (told(cast.suzuki, "still waits"), told(cast.takahashi, "still waits")) == (1, 0)
    with pytest.raises(NobodyWaits):
        actions.remind_inquiry(inquiry=inquiry, by=cast.sato)
    Inquiry.objects.filter(pk=inquiry.pk).update(reminded_at=timezone.now() - timedelta(days=1))
    assert actions.remind_inquiry(inquiry=inquiry, by=cast.sato) == 2


def test_nobody_is_reminded_when_the_time_is_up_and_by_nobody_else(cast, inquiry):
    with pytest.raises(NotHere):
        actions.remind_inquiry(inquiry=inquiry, by=cast.suzuki)

    with three_days_later(), pytest.raises(InquiryNotOpen):
        actions.remind_inquiry(inquiry=inquiry, by=cast.sato)


def test_more_time_is_told_to_everybody_who_was_asked(cast, inquiry):
    make_reply(inquiry.recipients.get(number=1), by=cast.takahashi)
    later = inquiry.due_at + timedelta(days=3)

    actions.extend_inquiry(inquiry=inquiry, due_at=later, by=cast.sato)

    assert Inquiry.objects.get().due_at == later
    assert (told(cast.suzuki, "for longer"), told(cast.takahashi, "for longer")) == (1, 1)
    assert Entry.objects.filter(verb="inquiries.extended").count() == 1


@pytest.mark.parametrize("by_days", [-1, 0])
def test_more_time_is_never_less_time(cast, inquiry, by_days):
    with pytest.raises(NotLonger):
        actions.extend_inquiry(inquiry=inquiry, due_at=inquiry.due_at + timedelta(days=by_days), by=cast.sato)


def test_an_inquiry_whose_time_was_up_takes_answers_again(cast, inquiry):
    with three_days_later():
        actions.extend_inquiry(inquiry=inquiry, due_at=timezone.now() + timedelta(days=1), by=cast.sato)

        assert make_reply(inquiry.recipients.get(number=1), by=cast.takahashi).said == "can"


def test_an_office_without_an_account_is_asked_and_its_answer_is_entered_for_it(cast, inquiry, fax, by_fax):
    assert by_fax in facilities_to_ask(cast.sato)
    assert queries.answers_of(inquiry).absent == {fax.pk}

    reply = actions.enter_answer(recipient=fax, said="talk", reasons=["staff"], version=0, by=cast.sato)

    assert (reply.is_proxy, reply.answered_by, reply.reasons) == (True, cast.sato, ["staff"])
    assert Entry.objects.filter(verb="inquiries.answered").get().detail["is_proxy"] is True
    with pytest.raises(WithoutReason):
        actions.enter_answer(recipient=fax, said="cannot", version=1, by=cast.sato)


def test_nobody_answers_for_an_office_that_answers_itself(cast, inquiry, fax):
    with pytest.raises(OfficeAnswersItself):
        actions.enter_answer(recipient=inquiry.recipients.get(number=1), said="can", version=0, by=cast.sato)
    with pytest.raises(NotHere):
        actions.enter_answer(recipient=fax, said="can", version=0, by=cast.suzuki)
    assert not InquiryReply.objects.exists()


class TestPages:
    def test_the_asker_reminds_gives_time_and_enters(self, cast, browser_of, inquiry, fax):
        page, browser = f"/e/sakuragawa-care/inquiries/{inquiry.pk}/", browser_of(cast.sato)
        later = timezone.localdate() + timedelta(days=9)

        assert "アカウントなし" in browser.get(page).content.decode()
        assert browser.post(f"{page}reminder/").status_code == 302
        assert browser.post(f"{page}due/", {"due_on": later, "due_time": "12:00"}).status_code == 302
        entered = browser.post(f"{page}recipients/{fax.pk}/proxy/", {"version": "0", "said": "can"})

        assert entered.status_code == 302
        assert timezone.localdate(Inquiry.objects.get().due_at) == later
        assert "代行入力（" in browser.get(page).content.decode()

    def test_less_time_and_an_answer_without_a_reason_come_back_with_their_sentence(
        self, cast, browser_of, inquiry, fax
    ):
        page, browser = f"/e/sakuragawa-care/inquiries/{inquiry.pk}/", browser_of(cast.sato)
        today = {"due_on": timezone.localdate(), "due_time": "00:01"}

        for path, sent in (("due/", today), (f"recipients/{fax.pk}/proxy/", {"version": "0", "said": "cannot"})):
            answer = browser.post(f"{page}{path}", sent)
            assert (answer.status_code, len(answer.context["form"].errors)) == (422, 1)

    def test_a_program_does_the_same(self, cast, browser_of, inquiry, fax):
        path, browser = f"/api/v1/e/sakuragawa-care/inquiries/{inquiry.pk}/", browser_of(cast.sato)
        as_json = {"content_type": "application/json"}
        later = (inquiry.due_at + timedelta(days=1)).isoformat()

        assert browser.post(f"{path}reminder/", {}, **as_json).status_code == 204
        assert browser.put(f"{path}due/", {"due_at": later}, **as_json).status_code == 200
        entered = browser.put(f"{path}recipients/{fax.pk}/proxy/", {"version": 0, "said": "can"}, **as_json)

        assert [one["reply"]["is_proxy"] for one in entered.json()["recipients"] if one["reply"]] == [True]


def test_what_has_ended_is_neither_reminded_of_nor_given_time(cast, inquiry):
    closed_by_row(inquiry, "withdrawn", cast.sato)

    for verb, about in ((actions.remind_inquiry, {}), (actions.extend_inquiry, {"due_at": timezone.now()})):
        with pytest.raises(InquiryClosed):
            verb(inquiry=inquiry, by=cast.sato, **about)
