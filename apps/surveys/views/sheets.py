"""Surveys on paper: sheets to be printed, and scans that become answers."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.paper.access import scan_for
from apps.paper.models import Scan
from apps.paper.refusals import SheetNotYours
from apps.surveys import actions, queries
from apps.surveys.access import asked_recipient_for, check_is_sent, survey_for
from apps.surveys.forms import AnswerForm
from apps.surveys.models import QuestionKind, Recipient
from apps.surveys.on_paper import told_by, unsure_in
from apps.surveys.views.replies import kept, names_for, reply_of


@require_POST
def printed(request: MemberRequest, slug: str, survey_id: UUID) -> HttpResponse:
    """One PDF with a sheet for each office that has not answered."""
    found = survey_for(request.member, survey_id)
    check_is_sent(found)

    def address_of(code: str) -> str:
        return request.build_absolute_uri(reverse("sheet_door", args=[code]))

    content = actions.print_survey(survey=found, address_of=address_of, by=request.member)
    return delivered(content, "application/pdf", "sheets")


@require_http_methods(["GET", "POST"])
def from_scan(request: MemberRequest, slug: str, survey_id: UUID, recipient_number: int, scan_id: UUID) -> HttpResponse:
    """A scan beside the answers that were read of it: what somebody has compared is sent."""
    recipient = asked_recipient_for(request.member, survey_id, recipient_number)
    scan = scan_of(request, recipient, scan_id)
    audit.looked(verb="paper.scan_opened", by=request.member, subject=scan)
    form = proposed(request, recipient, scan.marks)
    enter = partial(actions.enter_scan, scan=scan)
    if request.method == "POST" and kept(form, enter, recipient, request) is not None:
        messages.success(request, _("The answer on paper is entered."))
        return redirect("paper:scans", slug)
    context = {"recipient": recipient, "survey": recipient.survey, "scan": scan, "form": form}
    context["unsure"] = unsure_in(form.questions, scan.marks)
    return render(request, "surveys/from_scan.html", context, status=422 if form.errors else 200)


def scan_of(request: MemberRequest, recipient: Recipient, scan_id: UUID) -> Scan:
    """A scan of the sheet that was made for this office."""
    scan = scan_for(request.member, scan_id)
    if scan.sheet is None or queries.recipient_of(scan.sheet) != recipient:
        raise SheetNotYours(subject=scan)
    return scan


def proposed(request: MemberRequest, recipient: Recipient, marks: dict[str, str]) -> AnswerForm:
    """The form, filled in with what the boxes say."""
    questions = queries.questions_of(recipient.survey)
    standing = reply_of(recipient)
    version = standing.version if standing is not None else 0
    data, values = request.POST if request.method == "POST" else None, told_by(questions, marks)
    # No sheet holds a file: what the office gave with its account stays.
    files = {one.number for one in questions if one.kind == QuestionKind.FILE}
    values |= {number: told for number, told in queries.answers_of(standing).items() if number in files}
    names = names_for(request, recipient, questions, values)
    return AnswerForm(data, request.FILES, questions=questions, values=values, version=version, names=names)
