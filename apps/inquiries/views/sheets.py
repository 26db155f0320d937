"""Inquiries on paper: sheets to be printed, and scans that become answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.inquiries import actions, queries
from apps.inquiries.access import inquiry_for, recipient_for
from apps.inquiries.forms import ScanReplyForm
from apps.inquiries.models import Inquiry, Recipient
from apps.inquiries.on_paper import recipient_of, told_by, waiting_on_paper
from apps.paper.access import scan_for
from apps.paper.asking import address_at
from apps.paper.forms import PrintForm
from apps.paper.models import Scan, Sheet
from apps.paper.queries import Returned, fax_of, returned
from apps.paper.refusals import PagesArrived, SheetNotYours


@require_http_methods(["GET", "POST"])
def sheets(request: MemberRequest, slug: str, inquiry_id: UUID) -> HttpResponse:
    """Who has not answered, and how each is reached; a press prints their sheets."""
    found = inquiry_for(request.member, inquiry_id)
    waiting = waiting_on_paper(found)
    without = sum(not one.has_account for one in waiting)
    standing = PrintForm.standing(without=without, fax=fax_of(request.member))
    form = PrintForm(request.POST if request.method == "POST" else None, initial=standing)
    if form.is_valid():
        return delivered(printed(request, found, form), "application/pdf", "sheets")
    audit.opened(found.for_whom.client, by=request.member, subject=found)
    context = {"inquiry": found, "client": found.for_whom.client, "form": form, "waiting": waiting, "without": without}
    return render(request, "inquiries/sheets.html", context, status=422 if form.errors else 200)


def printed(request: MemberRequest, inquiry: Inquiry, form: PrintForm) -> bytes:
    return actions.print_inquiry(
        inquiry=inquiry, **form.cleaned_data, address_of=address_at(request), by=request.member
    )


@require_http_methods(["GET", "POST"])
def from_scan(request: MemberRequest, slug: str, inquiry_id: UUID, recipient_id: UUID, scan_id: UUID) -> HttpResponse:
    """The pages of a sheet that have come back, beside what was read of them: what somebody has compared is the answer."""
    asked = recipient_for(request.member, inquiry_id, recipient_id)
    scan, sheet = scan_of(request.member, asked, scan_id)
    audit.opened(asked.inquiry.for_whom.client, by=request.member, subject=scan)
    form = proposed(request, asked, returned(sheet))
    if form.is_valid() and is_entered(form, asked, scan, request):
        messages.success(request, _("The answer on paper is entered."))
        return redirect("paper:scans", slug)
    context = about(asked, scan) | {"form": form, "back": form.back, "unsure": told_by(form.back.marks).unsure}
    return render(request, "inquiries/from_scan.html", context, status=422 if form.errors else 200)


def about(asked: Recipient, scan: Scan) -> dict[str, Any]:
    return {"recipient": asked, "inquiry": asked.inquiry, "client": asked.inquiry.for_whom.client, "scan": scan}


def scan_of(member: Member, recipient: Recipient, scan_id: UUID) -> tuple[Scan, Sheet]:
    """A scan of the sheet that was made for this office, and that sheet."""
    scan = scan_for(member, scan_id)
    if scan.sheet is None or recipient_of(scan.sheet) != recipient:
        raise SheetNotYours(subject=scan)
    return scan, scan.sheet


def proposed(request: MemberRequest, recipient: Recipient, back: Returned) -> ScanReplyForm:
    """The form, filled in with what the boxes say."""
    data = request.POST if request.method == "POST" else None
    return ScanReplyForm(data, reply=queries.reply_of(recipient), told=told_by(back.marks), back=back)


def is_entered(form: ScanReplyForm, recipient: Recipient, scan: Scan, request: MemberRequest) -> bool:
    """Whether the answer is in; where other pages have come back meanwhile, what was typed stays, beside all of them."""
    try:
        actions.enter_scan(recipient=recipient, scan=scan, by=request.member, **form.told)
    except PagesArrived as refusal:
        form.compare_again(refusal)
        return False
    return True
