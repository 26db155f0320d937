"""Inquiries on paper: print a sheet for each who has not answered, take what comes by its code or as a scan of it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from apps.environments.models import Environment, Member
from apps.inquiries.actions.answering import enter_answer, take_answer
from apps.inquiries.actions.closing import held
from apps.inquiries.models import Inquiry, InquiryReply, InquirySheet, Recipient
from apps.inquiries.on_paper import OnPaper, blocks_of, recipient_of, sheets_of, waiting_on_paper
from apps.inquiries.refusals import EveryOfficeHasAccount, InquiryNotOpen
from apps.paper import actions as paper
from apps.paper.access import scan_for, sheet_in_hand
from apps.paper.actions.sheets import again
from apps.paper.kinds import Channel, Printed
from apps.paper.models import Scan, Sheet, SheetState
from apps.paper.queries import returned
from apps.paper.refusals import PagesArrived, SheetNotYours, SheetUnknown


@transaction.atomic
def print_inquiry(*, inquiry: Inquiry, whom: str, fax: str, address_of: Callable[[str], str], by: Member) -> bytes:
    """One PDF with a sheet for each of these offices (paper.kinds.Printed), with the need and without a name.

    `fax` is the number to which an answer goes back. An office that was printed for before gets a newer sheet.
    """
    inquiry = held(inquiry, by)
    if not inquiry.takes_answers:
        raise InquiryNotOpen(subject=inquiry)
    waiting = waiting_on_paper(inquiry)
    chosen = [one for one in waiting if whom == Printed.EVERYBODY or not one.has_account]
    if waiting and not chosen:
        raise EveryOfficeHasAccount(subject=inquiry)

    sheets = [sheet_for_recipient(one, inquiry, by) for one in chosen]
    return paper.print_sheets(sheets=sheets, blocks=blocks_of(inquiry), address_of=address_of, fax=fax, by=by)


def sheet_for_recipient(one: OnPaper, inquiry: Inquiry, by: Member) -> Sheet:
    """A new sheet, in place of the one that counted so far. Its title tells nothing of the need."""
    if one.sheet is None:
        about = {"title": _("Anonymous inquiry"), "made_for": one.recipient.name}
        sheet = paper.make_sheet(**about, due_at=inquiry.due_at, by=by)
    else:
        sheet = paper.replace_sheet(sheet=one.sheet, due_at=inquiry.due_at, by=by)
        InquirySheet.objects.filter(recipient=one.recipient, replaced_at=None).update(replaced_at=timezone.now())
    InquirySheet.objects.create(environment_id=inquiry.environment_id, recipient=one.recipient, sheet=sheet)
    return sheet


@transaction.atomic
def answer_by_code(*, code: str, version: int, **said: Any) -> InquiryReply:
    """Answer by the code of a sheet, for whoever it was made: whoever holds it, once."""
    recipient = recipient_of(sheet_in_hand(code))
    if recipient is None:
        raise SheetUnknown
    return take_answer(recipient=recipient, version=version, **said)


@transaction.atomic
def enter_scan(
    *, recipient: Recipient, scan: Scan, pages: Sequence[int], version: int, by: Member, **said: Any
) -> InquiryReply:
    """Somebody has compared these pages of a sheet with what was read of them: what they confirm is the office's answer.

    Refused where another page has come back since, or one of them was put aside.
    """
    scan = scan_for(by, scan.pk)
    if scan.sheet is None or recipient_of(scan.sheet) != recipient:
        raise SheetNotYours(subject=scan)

    # Under the lock of the sheet: the worker may read another page at the same time.
    back = returned(again(scan.sheet))
    if back.pages != sorted(pages):
        raise PagesArrived(subject=scan)
    for one in back.scans:
        paper.confirm_scan(scan=one, by=by)
    return enter_answer(recipient=recipient, version=version, channel=Channel.PAPER, by=by, **said)


def end_inquiry_sheet(environment: Environment, recipient_id: UUID, **_about: Any) -> None:
    """An answer has come, by whichever way: the sheets of this office are answered, and what comes by them is kept apart."""
    with scope(environment=environment), transaction.atomic():
        for sheet in sheets_of([recipient_id]):
            if sheet.state == SheetState.OUT:
                paper.answer_sheet(sheet=sheet, by=None)
