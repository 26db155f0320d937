"""Requests on paper: the sheet of a facility that has only a FAX, and scans of it that become its answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.kernel.refusals import Refusal
from apps.paper.access import scan_for
from apps.paper.asking import address_at
from apps.paper.models import Scan
from apps.paper.queries import fax_of, returned
from apps.paper.refusals import PagesArrived, SheetNotYours
from apps.visits import actions, queries
from apps.visits.access import check_is_of_office, request_for
from apps.visits.forms import BackByFaxForm, ScannedAnswerForm
from apps.visits.models import Visit, VisitRequest
from apps.visits.on_paper import answers_of, counting_sheet, request_of, told_by
from apps.visits.refusals import NotProposed, RequestEnded
from apps.visits.views.shown import named


@require_http_methods(["GET", "POST"])
def sheet(request: MemberRequest, slug: str, request_id: UUID) -> HttpResponse:
    """How the facility is reached; a press prints its sheet."""
    asked = office_request(request.member, request_id)
    form = BackByFaxForm(request.POST if request.method == "POST" else None, initial={"fax": fax_of(request.member)})
    if form.is_valid() and asked.is_waiting:
        told = {**form.cleaned_data, "address_of": address_at(request), "by": request.member}
        return delivered(actions.print_request(request=asked, **told), "application/pdf", "sheet")
    proposals = queries.proposals_of(asked)
    context = {"asked": asked, "form": form, "proposals": proposals, "sheet": counting_sheet(asked)}
    context |= named(request.member, proposals[0].visit)
    return render(request, "visits/sheet.html", context, status=422 if form.errors else 200)


def office_request(member: Member, request_id: UUID) -> VisitRequest:
    asked = request_for(member, request_id)
    check_is_of_office(member, asked)
    return asked


@require_http_methods(["GET", "POST"])
def from_scan(request: MemberRequest, slug: str, request_id: UUID, scan_id: UUID) -> HttpResponse:
    """The sheet as it has come back, beside what was read of it: what somebody has compared is the facility's answer."""
    asked = office_request(request.member, request_id)
    scan = scan_of(request.member, asked, scan_id)
    proposals = queries.proposals_of(asked)
    form = proposed(request, scan, [one.visit for one in proposals])
    if form.is_valid() and is_entered(form, asked, scan, request):
        messages.success(request, _("The answer on paper is entered."))
        return redirect("visits:request", slug, asked.pk)
    context = {"asked": asked, "scan": scan, "form": form, "back": form.back}
    context |= {"unsure": told_by(form.back.marks).unsure, **named(request.member, proposals[0].visit)}
    return render(request, "visits/from_scan.html", context, status=422 if form.errors else 200)


def scan_of(member: Member, asked: VisitRequest, scan_id: UUID) -> Scan:
    """A scan of the sheet that was made for this request."""
    scan = scan_for(member, scan_id)
    if scan.sheet is None or request_of(scan.sheet) != asked:
        raise SheetNotYours(subject=scan)
    return scan


def proposed(request: MemberRequest, scan: Scan, visits: list[Visit]) -> ScannedAnswerForm:
    """The form, filled in with what the boxes say."""
    data = request.POST if request.method == "POST" else None
    back = returned(scan.sheet)  # type: ignore[arg-type]
    return ScannedAnswerForm(data, told=told_by(back.marks), back=back, answers=answers_of(visits))


def is_entered(form: ScannedAnswerForm, asked: VisitRequest, scan: Scan, request: MemberRequest) -> bool:
    """Whether the answer is in; otherwise the form says why not, beside what was chosen."""
    try:
        actions.enter_request_scan(request=asked, scan=scan, by=request.member, **form.told)
    except PagesArrived as refusal:
        form.compare_again(refusal)
        return False
    except (NotProposed, RequestEnded) as refusal:
        return refused(form, refusal)
    return True


def refused(form: ScannedAnswerForm, refusal: Refusal) -> bool:
    form.add_error(None, refusal.said)
    return False
