"""Entries are taken out: in which form, asked for with a fresh proof, waited for, taken away."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.files.storage import storages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.guards import proof_missing
from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.files.delivery import heads
from apps.kernel.refusals import NotHere
from apps.oversight import actions, queries
from apps.oversight.access import check_can_read_ledger, export_for, exports_visible_to
from apps.oversight.forms import ExportForm, QuestionForm, Span
from apps.oversight.packing.signing import certificates, fingerprint
from apps.oversight.refusals import ExportBeingMade, TooManyForPaper
from apps.oversight.views.resuming import resumes, sent

SHOWN = 30


@require_http_methods(["GET", "POST"])
def exports(request: MemberRequest, slug: str) -> HttpResponseBase:
    """GET: choose a form, and what was taken out so far. POST: a file is asked for, with a fresh proof of who asks."""
    check_can_read_ledger(request.member)
    question = QuestionForm(request.GET)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (missing := proof_missing(request)):
        return missing
    if request.method == "POST" and question.is_valid() and form.is_valid() and asked(request, question, form):
        return redirect(f"{reverse('oversight:exports', args=[slug])}?{urlencode(question.asked())}")
    return shown(request, question, form)


def asked(request: MemberRequest, question: QuestionForm, form: ExportForm) -> bool:
    """Whether a file is being made; what it was refused for stands in the form."""
    is_all = form.cleaned_data["span"] == Span.ALL
    wanted = queries.whole_ledger() if is_all else queries.asked_of(question.cleaned_data)
    told = {} if is_all else question.asked()
    try:
        actions.ask_for_export(question=wanted, asked=told, form=form.cleaned_data["form"], by=request.member)
    except (ExportBeingMade, TooManyForPaper) as refusal:
        form.add_error(None, str(refusal.said))
    return not form.errors


def shown(request: MemberRequest, question: QuestionForm, form: ExportForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "question_form": question}
    if question.is_valid():
        context |= looked_at(request, question)
    context["fingerprint"] = fingerprint()
    context["found"] = list(exports_visible_to(request.member)[:SHOWN])
    template = "oversight/_exports.html" if request.htmx else "oversight/exports.html"
    return render(request, template, context, status=422 if form.errors or question.errors else 200)


def looked_at(request: MemberRequest, question: QuestionForm) -> dict[str, Any]:
    """The question with those whom it names; whoever is not here is missing. That it is shown is an entry."""
    told, asked = question.cleaned_data, question.asked()
    subject = queries.subject_of(request.member, client=told["client"], person=told["person"])
    if (told["client"] and not subject.client) or (told["person"] and not subject.person):
        raise NotHere(subject=told["client"] or told["person"])
    about: dict[str, Any] = {"client": subject.client, "purpose": "audit", "detail": {"asked": asked}}
    audit.looked(verb="oversight.exports_listed", by=request.member, **about)
    return {"subject": subject, "question": queries.asked_of(told), "address": urlencode(asked)}


@require_safe
def content(request: MemberRequest, slug: str, export_id: UUID) -> HttpResponseBase:
    """The file, with a fresh proof; a connection that broke goes on where it was without another one."""
    found = export_for(request.member, export_id)
    if not resumes(request, found) and (missing := proof_missing(request)):
        return missing
    actions.note_taking_out(export=found, by=request.member)
    return sent(request, found, storages["exports"].open(found.stored_as))


@require_safe
def certificate(request: MemberRequest, slug: str) -> HttpResponse:
    """By which a reader of PDFs knows whose a report is; there is none before the first report."""
    check_can_read_ledger(request.member)
    found = certificates()
    if not found:
        raise NotHere
    headers = {"Content-Disposition": 'attachment; filename="carenet-reports.pem"', **heads("application/x-pem-file")}
    return HttpResponse(found, content_type="application/x-pem-file", headers=headers)
