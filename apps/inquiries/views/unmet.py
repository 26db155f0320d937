"""Why places were refused, over the whole environment: what a city plans by."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.inquiries import papers, queries
from apps.inquiries.access import check_can_ask
from apps.inquiries.forms import SpanForm
from apps.inquiries.queries import Unmet


@require_safe
def refusals(request: MemberRequest, slug: str) -> HttpResponse:
    """A table by age group, reason and day of the week. Nobody's name stands behind it on the page."""
    form = SpanForm(request.GET)
    unmet = found(request, form)
    context = {"form": form, "unmet": unmet, "note": papers.note_of(unmet), "lines": papers.lines_of(unmet)}
    return render(request, "inquiries/refusals.html", context, status=422 if form.errors else 200)


def found(request: MemberRequest, form: SpanForm) -> Unmet:
    check_can_ask(request.member)
    return queries.unmet_table(request.member, **form.span)


@require_safe
def refusals_table(request: MemberRequest, slug: str) -> HttpResponse:
    """The same for a spreadsheet."""
    content = papers.unmet_csv(found(request, SpanForm(request.GET)))
    return taken_out(request, content, "text/csv; charset=utf-8", 'attachment; filename="refusals.csv"')


@require_safe
def refusals_paper(request: MemberRequest, slug: str) -> HttpResponse:
    """The same on A4."""
    content = papers.unmet_pdf(found(request, SpanForm(request.GET)), request.environment.name)
    return taken_out(request, content, "application/pdf", 'inline; filename="refusals.pdf"')


def taken_out(request: MemberRequest, content: bytes, kind: str, disposition: str) -> HttpResponse:
    audit.record(verb="inquiries.refusals_taken_out", by=request.member, subject=request.environment)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
