"""A facility that has only a FAX is asked on paper: it answers by the code of its sheet, by a scan or on the telephone, once."""

import random
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from PIL import ImageDraw

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed
from apps.paper import actions as paper
from apps.paper.access import sheet_in_hand
from apps.paper.actions.scans import boxes_on
from apps.paper.blocks import words_of_boxes
from apps.paper.models import Scan, ScanState, Sheet, SheetState
from apps.paper.refusals import AnsweredAlready, PagesArrived, SheetNotYours, SheetReplaced
from apps.visits import actions
from apps.visits.actions import Agreed
from apps.visits.models import FamilyKey, RequestSheet, Visit, VisitRequest
from apps.visits.on_paper import blocks_of, path_of_scan, path_of_sheet, request_of, told_by
from apps.visits.queries import proposals_of
from apps.visits.refusals import NotProposed, RequestEnded
from tests.facilities.makers import make_facility
from tests.paper.makers import address_of, as_png, make_quarantined
from tests.paper.scans import mark, rendered
from tests.visits.makers import make_overdue, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_fax(cast):
    """Nobody of it has an account."""
    return make_facility(cast.sato, name="訪問入浴 こみち", fax="0123-45-9999")


@pytest.fixture
def request_(cast, by_fax):
    agreed = Agreed(contact="長女 洋子 090-0000-0000", signer="family", signer_name="佐々木 洋子", relation="長女")
    return make_request(cast.sato, by_fax, client=cast.hana, agreed=agreed, need="車いす")


def print_it(request, by):
    return actions.print_request(request=request, fax="0123-45-6789", address_of=address_of, by=by)


def sheet_of(request):
    return RequestSheet.objects.get(request=request, replaced_at=None).sheet


def visits_of(request):
    return [one.visit for one in proposals_of(request)]


def again(request):
    return VisitRequest.objects.get(pk=request.pk)


def test_the_sheet_tells_times_and_need_and_nobody_s_name(cast, request_):
    content = print_it(request_, cast.sato)
    words = repr([*blocks_of(visits_of(request_)), *Sheet.objects.values_list("title", "made_for")])

    assert content.startswith(b"%PDF")
    assert len(rendered(content)) == 1
    assert "車いす" in words
    for word in (cast.hana.name, *cast.hana.name.split(), cast.hana.kana, str(cast.hana.pk), "洋子", "090-"):
        assert word not in words
    assert Entry.objects.filter(verb="visits.request_printed", client_id=cast.hana.pk).exists()


def test_every_time_and_every_reason_has_its_box(request_):
    keys = set(words_of_boxes(blocks_of(visits_of(request_))))

    assert keys == {"1.1", "1.2", "1.3", "1.none", "2.full", "2.needs", "2.closed"}


def test_boxes_that_are_not_clear_are_left_open_and_pointed_at():
    told = told_by({"1.1": "ticked", "1.2": "ticked", "2.full": "empty"})
    assert (told.answer, told.reason, told.unsure) == ("", "", [1])
    told = told_by({"1.1": "empty", "1.none": "ticked", "2.full": "unsure"})
    assert (told.answer, told.reason, told.unsure) == ("none", "", [2])
    told = told_by({"1.2": "ticked", "1.none": "empty", "2.full": "empty"})
    assert (told.answer, told.reason, told.unsure) == ("2", "", [])


def test_only_the_office_that_asks_prints_and_only_while_the_answer_is_awaited(cast, request_, by_fax):
    with pytest.raises(NotAllowed):
        print_it(request_, cast.takahashi)
    with pytest.raises(RequestEnded):
        print_it(make_overdue(cast.sato, by_fax), cast.sato)
    assert not Sheet.objects.exists()


def test_printed_again_it_is_a_newer_sheet_and_the_earlier_one_says_so(cast, request_):
    print_it(request_, cast.sato)
    earlier = sheet_of(request_)

    print_it(request_, cast.sato)

    with pytest.raises(SheetReplaced):
        sheet_in_hand(earlier.code)
    assert request_of(sheet_in_hand(sheet_of(request_).code)) == request_


def test_the_database_lets_one_sheet_of_a_request_count(cast, request_):
    print_it(request_, cast.sato)
    spare = paper.make_sheet(title="見学", made_for="こみち", due_at=None, by=cast.sato)

    with pytest.raises(IntegrityError, match="one_sheet_of_a_request_counts"), transaction.atomic():
        RequestSheet.objects.create(environment=request_.environment, request=request_, sheet=spare)


def test_the_database_knows_who_ended_a_request_unless_it_was_by_code(cast, request_):
    actions.decline_request(request=request_, reason="full", by=cast.sato)

    with pytest.raises(IntegrityError, match="says_how_and_by_whom"), transaction.atomic():
        VisitRequest.objects.filter(pk=request_.pk).update(ended_by=None)


def test_the_office_writes_down_what_a_facility_without_an_account_says_on_the_phone(cast, browser_of, request_):
    first = request_.slots.get(proposal=1)

    found = browser_of(cast.sato).get(path_of_sheet(printed_sheet(request_, cast.sato)))
    visit = actions.accept_proposal(request=request_, slot=first, by=cast.sato)

    assert found.context["can_answer"]
    assert visit.is_booked
    assert (again(request_).channel, again(request_).ended_by) == ("phone", cast.sato)
    assert sheet_of(request_).state == SheetState.ANSWERED


def printed_sheet(request, by):
    print_it(request, by)
    return sheet_of(request)


def test_of_a_facility_with_an_account_the_office_answers_nothing(cast):
    request = make_request(cast.sato, make_facility(cast.takahashi, organization=cast.takahashi.organization))

    with pytest.raises(NotAllowed):
        actions.accept_proposal(request=request, slot=request.slots.get(proposal=1), by=cast.sato)


@pytest.fixture
def scan(cast, request_):
    """The sheet, back with the second time ticked, and read."""
    [page] = rendered(print_it(request_, cast.sato))
    [box] = [box for box in boxes_on(sheet_of(request_), 1) if box.key == "1.2"]
    mark(ImageDraw.Draw(page), box, random.Random(1))
    [scan] = paper.take_scans(file_name="fax.pdf", pages=[as_png(page)], by=cast.sato)
    paper.read_scan(scan_id=scan.pk)
    return Scan.objects.get(pk=scan.pk)


def test_a_scan_books_the_ticked_time_when_somebody_has_compared_it(cast, browser_of, request_, scan):
    browser = browser_of(cast.sato)
    page = browser.get(path_of_scan(scan))
    assert page.status_code == 200
    assert page.context["form"].initial["answer"] == "2"

    done = browser.post(path_of_scan(scan), {"answer": "2", "reason": "", "pages": "1"})

    assert done.status_code == 302
    [visit] = Visit.objects.booked()
    assert (visit.slot.proposal, visit.booked_by) == (2, cast.sato)
    assert (again(request_).outcome, again(request_).channel) == ("accepted", "paper")
    scan.refresh_from_db()
    assert scan.state == ScanState.SETTLED
    assert sheet_of(request_).state == SheetState.ANSWERED


def test_a_look_at_a_scan_stands_in_the_ledger_with_whom_it_is_for(cast, browser_of, scan):
    browser_of(cast.sato).get(path_of_scan(scan))

    assert Entry.objects.filter(verb__endswith="opened", client_id=cast.hana.pk).exists()


def test_what_was_chosen_stays_where_other_pages_have_come_back(cast, browser_of, scan):
    page = browser_of(cast.sato).post(path_of_scan(scan), {"answer": "3", "pages": ""})

    assert page.status_code == 422
    assert PagesArrived().said in page.context["form"].non_field_errors()
    assert page.context["form"]["answer"].value() == "3"
    assert not Visit.objects.booked().exists()


def test_a_scan_is_never_entered_for_another_request(cast, by_fax, scan):
    other = make_request(cast.sato, by_fax)

    for wrong in (scan, make_quarantined(cast.sato)):
        with pytest.raises(SheetNotYours):
            actions.enter_request_scan(request=other, scan=wrong, pages=[1], answer="1", by=cast.sato)
    assert not Visit.objects.booked().exists()


def test_a_facility_without_an_account_is_asked_by_its_sheet_at_once(cast, browser_of, by_fax):
    day = timezone.localdate() + timedelta(days=40)
    address = reverse("visits:proposing", kwargs={"slug": cast.environment.slug, "facility_id": by_fax.pk})
    sent = {"age_group": "adult", "minutes": "60", "days": "1", "day_1": day.isoformat(), "starts_1": "10:00"}

    answer = browser_of(cast.sato).post(address, sent)

    request = VisitRequest.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("visits:request_sheet", args=[cast.environment.slug, request.pk])
    pdf = browser_of(cast.sato).post(answer.url, {"fax": "0123-45-6789"})
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert browser_of(cast.sato).post(answer.url, {"fax": "abc"}).status_code == 422


class TestAtTheDoor:
    """What somebody is answered who has nothing but the code."""

    @pytest.fixture(autouse=True)
    def _fresh(self):
        cache.clear()
        yield
        cache.clear()

    @pytest.fixture
    def code(self, cast, request_):
        return printed_sheet(request_, cast.sato).code

    def test_the_times_are_shown_and_neither_who_would_come_nor_who_asks(self, cast, code):
        shown = Browser().get(f"/s/{code}/").content.decode()

        assert "車いす" in shown
        for word in (
            *(cast.environment.name, cast.environment.slug, cast.hidamari.name, "こみち", cast.sato.name),
            *(cast.hana.name, cast.hana.kana, str(cast.hana.pk)),
        ):
            assert word not in shown

    def test_a_time_is_booked_once_and_is_the_office_s(self, cast, code, request_):
        browser = Browser()
        assert browser.post(f"/s/{code}/", {"answer": "1"}).status_code == 200

        [visit] = Visit.objects.booked()
        assert (visit.slot.proposal, visit.booked_by) == (1, cast.sato)
        assert (again(request_).channel, again(request_).ended_by) == ("code", None)
        assert FamilyKey.objects.filter(visit=visit).exists()
        assert Entry.objects.get(verb="visits.request_accepted").detail["channel"] == "code"
        assert browser.get(f"/s/{code}/").status_code == 410
        with pytest.raises(AnsweredAlready):
            actions.answer_request_by_code(code=code, answer="2")

    def test_none_of_the_times_needs_a_reason(self, code, request_):
        browser = Browser()
        assert browser.post(f"/s/{code}/", {"answer": "none"}).status_code == 422
        assert again(request_).is_waiting

        assert browser.post(f"/s/{code}/", {"answer": "none", "reason": "full"}).status_code == 200
        assert (again(request_).outcome, again(request_).channel) == ("declined", "code")
        assert not Visit.objects.live().exists()

    def test_a_time_that_nobody_proposed_is_refused(self, code):
        assert Browser().post(f"/s/{code}/", {"answer": "9"}).status_code == 422
        for answer in ("9", "x", ""):
            with pytest.raises(NotProposed):
                actions.answer_request_by_code(code=code, answer=answer)

    def test_a_request_that_was_taken_back_is_answered_no_more(self, cast, code, request_):
        actions.take_request_back(request=request_, by=cast.sato)

        for answer in (Browser().get(f"/s/{code}/"), Browser().post(f"/s/{code}/", {"answer": "1"})):
            assert answer.status_code == 410
            assert "車いす" not in answer.content.decode()
        assert not Visit.objects.booked().exists()
