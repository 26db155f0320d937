"""Sheets are made, printed, answered, and end once."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotHere
from apps.paper import actions
from apps.paper.access import sheet_with_code
from apps.paper.models import Sheet, SheetState
from apps.paper.refusals import CodeMistyped, CodeUnknown, NothingToPrint, SheetUsed, SheetVoid
from tests.paper.blocks import QUESTIONS
from tests.paper.makers import address_of, make_sheet

pytestmark = pytest.mark.django_db


def test_printing_keeps_where_each_box_is_and_what_it_is_about(cast):
    sheet = actions.make_sheet(title="空き状況", made_for="あおぞら", due_at=timezone.now(), by=cast.sato)

    content = actions.print_sheets(sheets=[sheet], blocks=QUESTIONS, address_of=address_of, by=cast.sato)

    sheet.refresh_from_db()
    assert content.startswith(b"%PDF-")
    assert sheet.pages == 1
    box = next(box for box in sheet.boxes if box["key"] == "care.2")
    assert (box["question"], box["label"]) == ("医療的ケアのある子ども", "いいえ")
    verbs = Entry.objects.filter(subject_id=str(sheet.pk)).values_list("verb", flat=True)
    assert set(verbs) == {"paper.sheet_made", "paper.sheet_printed"}


def test_nothing_is_printed_for_nobody(cast):
    with pytest.raises(NothingToPrint):
        actions.print_sheets(sheets=[], blocks=QUESTIONS, address_of=address_of, by=cast.sato)


@pytest.mark.parametrize("verb", ["answer_sheet", "void_sheet"])
def test_a_sheet_ends_once(cast, verb):
    answered, void = make_sheet(cast.sato), make_sheet(cast.sato)
    actions.answer_sheet(sheet=answered, by=None)
    actions.void_sheet(sheet=void, by=cast.sato)

    for sheet, refusal in ((answered, SheetUsed), (void, SheetVoid)):
        with pytest.raises(refusal):
            getattr(actions, verb)(sheet=sheet, by=cast.sato)
        with pytest.raises(refusal):
            actions.print_sheets(sheets=[sheet], blocks=QUESTIONS, address_of=address_of, by=cast.sato)
    assert [Sheet.objects.get(pk=one.pk).state for one in (answered, void)] == [SheetState.ANSWERED, SheetState.VOID]


def test_a_sheet_of_another_organization_is_not_made_void(cast):
    with pytest.raises(NotHere):
        actions.void_sheet(sheet=make_sheet(cast.sato), by=cast.suzuki)


def test_a_code_leads_to_the_own_organizations_sheet_alone(cast):
    sheet = make_sheet(cast.sato)

    assert sheet_with_code(cast.sato, f" {sheet.shown_code.lower()} ") == sheet
    with pytest.raises(CodeUnknown):
        sheet_with_code(cast.suzuki, sheet.code)
    with pytest.raises(CodeMistyped):
        sheet_with_code(cast.sato, sheet.code[:-1])


def test_no_two_sheets_have_the_same_code(cast):
    sheet = make_sheet(cast.sato)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_sheet(cast.suzuki, code=sheet.code)


def test_a_guest_makes_no_sheet(cast):
    with pytest.raises(NotHere):
        actions.make_sheet(title="空き状況", made_for="あおぞら", due_at=None, by=cast.matsumoto)
