"""Surveys on paper: sheets to be printed, and scans that become answers."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.kernel.paging import ROWS
from apps.paper.access import scan_for
from apps.paper.asking import address_at
from apps.paper.forms import PrintForm
from apps.paper.models import Scan, Sheet
from apps.paper.queries import Returned, fax_of, returned
from apps.paper.refusals import PagesArrived, SheetNotYours
from apps.surveys import actions, queries
from apps.surveys.access import asked_recipient_for, check_is_sent, survey_for
from apps.surveys.forms import ScanForm
from apps.surveys.models import QuestionKind, Recipient, Survey
from apps.surveys.on_paper import told_by, unsure_in
from apps.surveys.views.replies import kept, names_for, reply_of


@require_http_methods(["GET", "POST"])
def sheets(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """Who has not answered, and how each is reached; a press prints their sheets."""
    found = survey_for(request.member, survey_id)
    check_is_sent(found)
    waiting = queries.waiting_on_paper(found)
    without = sum(not one.has_account for one in waiting)
    standing = PrintForm.standing(without=without, fax=fax_of(request.member))
    form = PrintForm(request.POST if request.method == "POST" else None, initial=standing)
    if form.is_valid():
        return delivered(printed(request, found, form), "application/pdf", "sheets")
    context = {"survey": found, "form": form, "without": without}
    context["page"] = Paginator(waiting, ROWS).get_page(request.GET.get("page"))
    return render(request, "surveys/sheets.html", context, status=422 if form.errors else 200)


def printed(request: MemberRequest, survey: Survey, form: PrintForm) -> bytes:
    return actions.print_survey(survey=survey, **form.cleaned_data, address_of=address_at(request), by=request.member)


@require_http_methods(["GET", "POST"])
def from_scan(request: MemberRequest, slug: str, survey_id: UUID, recipient_number: int, scan_id: UUID) -> HttpResponse:
    """The pages of a sheet that have come back, beside the answers that were read of them: what somebody has compared is sent."""
    recipient = asked_recipient_for(request.member, survey_id, recipient_number)
    scan, sheet = scan_of(request.member, recipient, scan_id)
    audit.looked(verb="paper.scan_opened", by=request.member, subject=scan)
    form = proposed(request, recipient, returned(sheet))
    if request.method == "POST" and is_entered(form, recipient, scan, request):
        messages.success(request, _("The answer on paper is entered."))
        return redirect("paper:scans", slug)
    context = {"recipient": recipient, "survey": recipient.survey, "scan": scan, "form": form, "back": form.back}
    context["unsure"] = unsure_in(form.questions, form.back.marks)
    return render(request, "surveys/from_scan.html", context, status=422 if form.errors else 200)


def is_entered(form: ScanForm, recipient: Recipient, scan: Scan, request: MemberRequest) -> bool:
    """Whether the answers are in; where other pages have come back meanwhile, what was typed stays, beside all of them."""
    try:
        return kept(form, partial(actions.enter_scan, scan=scan), recipient, request) is not None
    except PagesArrived as refusal:
        form.compare_again(refusal)
        return False


def scan_of(member: Member, recipient: Recipient, scan_id: UUID) -> tuple[Scan, Sheet]:
    """A scan of the sheet that was made for this office, and that sheet."""
    scan = scan_for(member, scan_id)
    if scan.sheet is None or queries.recipient_of(scan.sheet) != recipient:
        raise SheetNotYours(subject=scan)
    return scan, scan.sheet


def proposed(request: MemberRequest, recipient: Recipient, back: Returned) -> ScanForm:
    """The form, filled in with what the boxes say."""
    questions = queries.questions_of(recipient.survey)
    standing = reply_of(recipient)
    version = standing.version if standing is not None else 0
    data, values = request.POST if request.method == "POST" else None, told_by(questions, back.marks)
    # No sheet holds a file: what the office gave with its account stays.
    files = {one.number for one in questions if one.kind == QuestionKind.FILE}
    values |= {number: told for number, told in queries.answers_of(standing).items() if number in files}
    names = names_for(request, recipient, questions, values)
    about = {"questions": questions, "values": values, "version": version, "names": names}
    return ScanForm(data, request.FILES, back=back, **about)
