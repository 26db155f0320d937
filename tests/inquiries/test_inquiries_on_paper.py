"""An inquiry on paper: a sheet for each office that has not answered, answered by its code, by a scan or on the phone, once."""

import random

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.utils import timezone
from PIL import ImageDraw

from apps.audit.models import Entry
from apps.inquiries import actions
from apps.inquiries.models import Inquiry, InquiryReply, InquirySheet
from apps.inquiries.on_paper import blocks_of, path_of_scan, path_of_sheet, recipient_of, told_by
from apps.inquiries.refusals import EveryOfficeHasAccount, InquiryNotOpen
from apps.kernel.refusals import NotHere
from apps.paper import actions as paper
from apps.paper.access import sheet_in_hand
from apps.paper.actions.scans import boxes_on
from apps.paper.blocks import words_of_boxes
from apps.paper.models import Scan, ScanState, Sheet, SheetState
from apps.paper.refusals import AnsweredAlready, PagesArrived, SheetNotYours, SheetReplaced
from tests.facilities.makers import make_facility
from tests.inquiries.makers import CARD, make_inquiry, make_reply
from tests.paper.makers import address_of, as_png, make_quarantined
from tests.paper.scans import mark, rendered

pytestmark = pytest.mark.django_db

ANSWER = {"version": "0", "said": "talk", "reasons": ["weekday"], "from_on": "", "remark": "月曜日なら"}


@pytest.fixture
def by_fax(cast):
    return make_facility(cast.sato, name="訪問入浴 こみち", fax="0123-45-9999")


@pytest.fixture
def inquiry(cast, by_fax):
    return make_inquiry(cast.hana, by=cast.sato, asks=[cast.aozora], facilities=[by_fax])


@pytest.fixture
def fax(inquiry, by_fax):
    return inquiry.recipients.get(facility=by_fax)


def print_all(inquiry, by, whom="everybody"):
    return actions.print_inquiry(inquiry=inquiry, whom=whom, fax="0123-45-6789", address_of=address_of, by=by)


def sheet_of(recipient):
    return InquirySheet.objects.get(recipient=recipient, replaced_at=None).sheet


def came_back(page, by):
    """A page that this member has scanned, and the worker has read."""
    [scan] = paper.take_scans(file_name="fax.pdf", pages=[as_png(page)], by=by)
    paper.read_scan(scan_id=scan.pk)
    return Scan.objects.get(pk=scan.pk)


def test_whoever_has_no_account_gets_a_sheet_and_everybody_does_when_asked_for(cast, inquiry, fax):
    print_all(inquiry, cast.sato, whom="without_account")
    assert [one.recipient for one in InquirySheet.objects.all()] == [fax]

    print_all(inquiry, cast.sato)
    assert {one.recipient.number for one in InquirySheet.objects.filter(replaced_at=None)} == {1, 2}


def test_nothing_is_printed_where_everybody_has_an_account_and_only_they_were_meant_not_to(cast):
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[cast.aozora])

    with pytest.raises(EveryOfficeHasAccount):
        print_all(inquiry, cast.sato, whom="without_account")
    assert not Sheet.objects.exists()


def test_the_sheet_tells_the_need_and_nobody_s_name(cast, inquiry):
    print_all(inquiry, cast.sato)
    words = repr([*blocks_of(inquiry), *Sheet.objects.values_list("title", "made_for")])

    assert CARD.text in words
    for word in (cast.hana.name, *cast.hana.name.split(), cast.hana.kana, str(cast.hana.born_on), str(cast.hana.pk)):
        assert word not in words


def test_every_answer_and_every_reason_has_its_box(inquiry):
    keys = words_of_boxes(blocks_of(inquiry))

    assert {key for key in keys if key.startswith("1.")} == {"1.can", "1.talk", "1.cannot"}
    assert len([key for key in keys if key.startswith("2.")]) == 7


def test_boxes_that_are_not_clear_are_left_open_and_pointed_at():
    told = told_by({"1.can": "ticked", "1.talk": "ticked", "2.full": "ticked", "2.area": "unsure"})
    assert (told.said, told.reasons, told.unsure) == ("", ["full"], [1, 2])

    told = told_by({"1.can": "empty", "1.cannot": "ticked", "2.full": "ticked", "2.area": "empty"})
    assert (told.said, told.reasons, told.unsure) == ("cannot", ["full"], [])


def test_only_who_coordinates_the_care_prints_and_only_while_answers_are_taken(cast, inquiry):
    with pytest.raises(NotHere):
        print_all(inquiry, cast.takahashi)
    Inquiry.objects.filter(pk=inquiry.pk).update(due_at=timezone.now())
    with pytest.raises(InquiryNotOpen):
        print_all(inquiry, cast.sato)


def test_printed_again_an_office_gets_a_newer_sheet_and_the_earlier_one_says_so(cast, inquiry, fax):
    print_all(inquiry, cast.sato)
    earlier = sheet_of(fax)

    print_all(inquiry, cast.sato)

    with pytest.raises(SheetReplaced):
        sheet_in_hand(earlier.code)
    assert recipient_of(sheet_in_hand(sheet_of(fax).code)) == fax


def test_the_database_lets_one_sheet_of_an_office_count(cast, inquiry, fax):
    print_all(inquiry, cast.sato)
    spare = paper.make_sheet(title="匿名照会", made_for=fax.name, due_at=None, by=cast.sato)

    with pytest.raises(IntegrityError, match="one_inquiry_sheet_of_an_office_counts"), transaction.atomic():
        InquirySheet.objects.create(environment=inquiry.environment, recipient=fax, sheet=spare)


def test_the_database_knows_who_answered_unless_it_was_by_code(cast, inquiry, fax):
    reply = actions.enter_answer(recipient=fax, said="can", version=0, by=cast.sato)

    with pytest.raises(IntegrityError, match="answered_by_somebody_or_by_code"), transaction.atomic():
        InquiryReply.objects.filter(pk=reply.pk).update(answered_by=None)
    with pytest.raises(IntegrityError, match="who_asks_enters_what_came_otherwise"), transaction.atomic():
        InquiryReply.objects.filter(pk=reply.pk).update(channel="account")


@pytest.fixture
def scan(cast, inquiry, fax):
    """The sheet of the office that has only a FAX, back with 「相談」 ticked, and read."""
    [page] = rendered(print_all(inquiry, cast.sato, whom="without_account"))
    [box] = [box for box in boxes_on(sheet_of(fax), 1) if box.key == "1.talk"]
    mark(ImageDraw.Draw(page), box, random.Random(1))
    return came_back(page, cast.sato)


def test_a_scan_becomes_the_answer_when_somebody_has_compared_it(
    cast, browser_of, fax, scan, django_capture_on_commit_callbacks
):
    browser = browser_of(cast.sato)
    page = browser.get(path_of_scan(scan))
    assert page.status_code == 200
    assert page.context["form"].initial["said"] == "talk"

    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(path_of_scan(scan), {**ANSWER, "pages": "1"})

    assert done.status_code == 302
    reply = InquiryReply.objects.get(recipient=fax)
    assert (reply.said, reply.reasons, reply.channel, reply.is_proxy) == ("talk", ["weekday"], "paper", True)
    scan.refresh_from_db()
    assert scan.state == ScanState.SETTLED
    assert sheet_of(fax).state == SheetState.ANSWERED


def test_a_look_at_a_scan_stands_in_the_ledger_with_whose_need_it_is(cast, browser_of, scan):
    browser_of(cast.sato).get(path_of_scan(scan))

    assert Entry.objects.filter(verb__endswith="opened", client_id=cast.hana.pk, subject_id=str(scan.pk)).exists()


def test_what_was_typed_stays_where_other_pages_have_come_back(cast, browser_of, scan):
    page = browser_of(cast.sato).post(path_of_scan(scan), {**ANSWER, "pages": ""})

    assert page.status_code == 422
    assert PagesArrived.sentence[:10] in page.content.decode() or page.context["form"].non_field_errors()
    assert "月曜日なら" in page.content.decode()
    assert page.context["form"]["pages"].value() == "1"
    assert not InquiryReply.objects.exists()


def test_a_scan_is_never_entered_for_another_office(cast, inquiry, scan):
    other = inquiry.recipients.get(number=1)

    for wrong in (scan, make_quarantined(cast.sato)):
        with pytest.raises(SheetNotYours):
            actions.enter_scan(recipient=other, scan=wrong, pages=[1], said="can", version=0, by=cast.sato)
    assert not InquiryReply.objects.exists()


def test_an_office_with_an_account_that_was_sent_a_sheet_may_answer_on_the_phone(cast, browser_of, inquiry):
    print_all(inquiry, cast.sato)
    office = inquiry.recipients.get(number=1)

    found = browser_of(cast.sato).get(path_of_sheet(sheet_of(office)))
    assert "アカウント" not in found.content.decode().split("<form")[0].rsplit("<main", 1)[-1]
    reply = actions.enter_answer(recipient=office, said="can", version=0, by=cast.sato)

    assert (reply.channel, reply.is_proxy) == ("phone", True)


def test_an_answer_by_another_way_ends_the_sheet(cast, inquiry, django_capture_on_commit_callbacks):
    print_all(inquiry, cast.sato)
    office = inquiry.recipients.get(number=1)

    with django_capture_on_commit_callbacks(execute=True):
        make_reply(office, by=cast.suzuki)

    assert sheet_of(office).state == SheetState.ANSWERED


class TestAtTheDoor:
    """What somebody is answered who has nothing but the code."""

    @pytest.fixture(autouse=True)
    def _fresh(self):
        cache.clear()
        yield
        cache.clear()

    @pytest.fixture
    def code(self, cast, inquiry, fax):
        print_all(inquiry, cast.sato, whom="without_account")
        return sheet_of(fax).code

    def test_the_need_is_shown_and_neither_whose_it_is_nor_who_asks(self, cast, code):
        shown = Browser().get(f"/s/{code}/").content.decode()

        assert CARD.text in shown
        for word in (
            *(cast.environment.name, cast.environment.slug, cast.hidamari.name, "こみち", cast.sato.name),
            *(cast.hana.name, cast.hana.kana, str(cast.hana.pk)),
        ):
            assert word not in shown

    def test_an_answer_is_sent_once(self, code, fax, django_capture_on_commit_callbacks):
        browser = Browser()

        with django_capture_on_commit_callbacks(execute=True):
            assert browser.post(f"/s/{code}/", ANSWER).status_code == 200

        reply = InquiryReply.objects.get(recipient=fax)
        assert (reply.said, reply.channel, reply.answered_by) == ("talk", "code", None)
        again = browser.get(f"/s/{code}/")
        assert again.status_code == 410
        assert CARD.text not in again.content.decode()
        with pytest.raises(AnsweredAlready):
            actions.answer_by_code(code=code, said="can", version=1)

    def test_an_answer_without_its_reason_is_told_so_and_the_sheet_stays_open(self, code):
        answer = Browser().post(f"/s/{code}/", {"version": "0", "said": "cannot"})

        assert answer.status_code == 422
        assert not InquiryReply.objects.exists()
        assert Browser().get(f"/s/{code}/").status_code == 200

    def test_of_what_is_settled_the_need_is_told_no_more(self, cast, inquiry, code):
        actions.withdraw_inquiry(inquiry=inquiry, by=cast.sato)

        for answer in (Browser().get(f"/s/{code}/"), Browser().post(f"/s/{code}/", ANSWER)):
            assert answer.status_code == 410
            assert CARD.text not in answer.content.decode()
        assert not InquiryReply.objects.exists()
