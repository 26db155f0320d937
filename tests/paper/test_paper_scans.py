"""What comes back: matched to its sheet, or kept in quarantine with its picture."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotHere
from apps.paper import actions
from apps.paper.happenings import sheet_came_back
from apps.paper.models import Scan, ScanState, WhyQuarantined
from apps.paper.reading import Mark
from apps.paper.refusals import CodeUnknown, PageTwice, ScanNotRead, ScanSettled, SheetUsed, SheetVoid
from tests.paper.makers import as_png, make_quarantined, make_read, make_scan, make_sheet, printed, white
from tests.paper.scans import scanned

pytestmark = pytest.mark.django_db


def sent(by, picture):
    """A page taken in and read, as the worker does."""
    [scan] = actions.take_scans(file_name="fax.pdf", pages=[as_png(picture)], by=by)
    actions.read_scan(scan_id=scan.pk)
    scan.refresh_from_db()
    return scan


def boxes(sheet):
    return [box["key"] for box in sheet.boxes]


@pytest.fixture
def sheet(cast):
    return actions.make_sheet(title="空き状況", made_for="あおぞら", due_at=None, by=cast.sato)


def test_a_marked_sheet_is_matched_and_its_boxes_are_read(cast, sheet, django_capture_on_commit_callbacks):
    [page] = printed(cast.sato, sheet)
    sheet.refresh_from_db()
    came_back = []
    sheet_came_back.connect(listen := lambda **facts: came_back.append(facts["scan_id"]))
    marked = scanned(page, actions.scans.boxes_on(sheet, 1), "FAX", random.Random(3))

    with django_capture_on_commit_callbacks(execute=True):
        scan = sent(cast.sato, marked.picture)

    sheet_came_back.disconnect(listen)
    assert (scan.state, scan.sheet, scan.page) == (ScanState.READ, sheet, 1)
    assert {key for key, mark in scan.marks.items() if mark == Mark.TICKED} == marked.ticked
    assert came_back == [scan.pk]


def test_a_paper_without_a_code_goes_into_quarantine(cast):
    scan = sent(cast.sato, white())

    assert (scan.state, scan.reason, scan.sheet) == (ScanState.QUARANTINED, WhyQuarantined.NO_CODE, None)


def test_a_sheet_of_another_organization_is_a_foreign_one(cast, sheet):
    [page] = printed(cast.sato, sheet)

    assert sent(cast.suzuki, page).reason == WhyQuarantined.FOREIGN
    assert sent(cast.sato, page).reason == ""


def test_two_sheets_on_one_page_are_kept_apart(cast, sheet):
    other = actions.make_sheet(title="空き状況", made_for="ひだまり", due_at=None, by=cast.sato)
    first, second = printed(cast.sato, sheet, other)
    both = first.copy().resize((first.width // 2, first.height // 2))
    page = first.copy().point(lambda value: 255)
    page.paste(both, (0, 0))
    page.paste(second.resize(both.size), (both.width, 0))

    assert sent(cast.sato, page).reason == WhyQuarantined.SEVERAL


@pytest.mark.parametrize("state", ["used", "void", "late", "twice"])
def test_a_sheet_that_takes_no_answer_goes_into_quarantine(cast, sheet, state):
    [page] = printed(cast.sato, sheet)
    now = timezone.now()
    if state == "used":
        actions.answer_sheet(sheet=sheet, by=None)
    elif state == "void":
        actions.void_sheet(sheet=sheet, by=cast.sato)
    elif state == "late":
        sheet = actions.make_sheet(title="空き", made_for="あおぞら", due_at=now - timedelta(minutes=1), by=cast.sato)
        [page] = printed(cast.sato, sheet)
    else:
        sent(cast.sato, page)

    scan = sent(cast.sato, page)

    assert (scan.reason, scan.sheet) == (state, sheet)
    assert Scan.objects.to_confirm().filter(pk=scan.pk).count() == 0


def test_a_scan_is_read_once(cast):
    scan = sent(cast.sato, white())
    first = scan.read_at

    actions.read_scan(scan_id=scan.pk)

    scan.refresh_from_db()
    assert scan.read_at == first


def test_the_database_lets_a_page_come_back_once(cast):
    sheet = make_sheet(cast.sato)
    make_read(cast.sato, sheet)

    with pytest.raises(IntegrityError, match="a_page_of_a_sheet_comes_back_once"), transaction.atomic():
        make_read(cast.sato, sheet)


def test_a_scan_is_matched_by_hand_and_every_box_of_it_is_unsure(cast):
    sheet = make_sheet(cast.sato)
    scan = make_quarantined(cast.sato)

    matched = actions.match_scan(scan=scan, code=sheet.shown_code.lower(), by=cast.sato)

    assert matched.state == ScanState.READ
    assert matched.marks == dict.fromkeys(boxes(sheet), "unsure")
    assert Entry.objects.filter(verb="paper.scan_matched", subject_id=str(scan.pk)).exists()


def test_a_late_scan_that_somebody_accepts_keeps_what_was_read(cast):
    sheet = make_sheet(cast.sato)
    scan = make_quarantined(cast.sato, reason="late", sheet=sheet, page=1, marks={"care.1": "ticked"})

    assert actions.match_scan(scan=scan, code=sheet.code, by=cast.sato).marks == {"care.1": "ticked"}


def test_a_scan_is_never_matched_to_a_sheet_that_takes_no_answer(cast):
    used, void = make_sheet(cast.sato, answered_at=timezone.now()), make_sheet(cast.sato)
    actions.void_sheet(sheet=void, by=cast.sato)
    taken = make_sheet(cast.sato)
    make_read(cast.sato, taken)
    foreign = make_sheet(cast.suzuki)
    scan = make_quarantined(cast.sato)

    for sheet, refusal in ((used, SheetUsed), (void, SheetVoid), (taken, PageTwice), (foreign, CodeUnknown)):
        with pytest.raises(refusal):
            actions.match_scan(scan=scan, code=sheet.code, by=cast.sato)
    assert actions.match_scan(scan=scan, code=make_sheet(cast.sato).code, by=cast.sato).state == ScanState.READ


def test_a_page_put_aside_may_be_scanned_again(cast):
    sheet = make_sheet(cast.sato)
    first = make_read(cast.sato, sheet)

    actions.put_aside(scan=first, by=cast.sato)
    again = make_read(cast.sato, sheet)

    assert [first.__class__.objects.get(pk=one.pk).state for one in (first, again)] == ["settled", "read"]


def test_a_scan_is_settled_once(cast):
    scan = make_read(cast.sato, make_sheet(cast.sato))

    actions.confirm_scan(scan=scan, by=cast.sato)

    for verb in (actions.confirm_scan, actions.put_aside):
        with pytest.raises(ScanSettled):
            verb(scan=scan, by=cast.sato)


def test_what_is_in_quarantine_is_not_confirmed(cast):
    with pytest.raises(ScanSettled):
        actions.confirm_scan(scan=make_quarantined(cast.sato), by=cast.sato)


def test_what_is_not_read_yet_is_not_settled(cast):
    with pytest.raises(ScanNotRead):
        actions.put_aside(scan=make_scan(cast.sato), by=cast.sato)


def test_a_scan_of_another_organization_is_missing(cast):
    scan = make_quarantined(cast.sato)

    with pytest.raises(NotHere):
        actions.put_aside(scan=scan, by=cast.suzuki)
    assert actions.put_aside(scan=scan, by=cast.sato).state == ScanState.SETTLED


def test_a_guest_sends_no_scans(cast):
    with pytest.raises(NotHere):
        actions.take_scans(file_name="fax.pdf", pages=[as_png(white())], by=cast.matsumoto)
