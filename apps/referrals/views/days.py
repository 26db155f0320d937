"""How long it takes from the consultation to the start, over the whole environment: what a council reads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.referrals import papers, queries
from apps.referrals.access import check_can_read_days
from apps.referrals.drawing import Days
from apps.referrals.forms import DaysForm


@require_safe
def days(request: MemberRequest, slug: str) -> HttpResponse:
    """Boxes per kind, period and operator, with every number beside them. Nobody's name stands behind it on the page."""
    form = DaysForm(request.GET, kinds=queries.kinds_started())
    found = days_found(request, form)
    groups = [(papers.kind_said(one.kind), one.shapes) for one in found.groups]
    context = {"form": form, "days": found, "groups": groups, "note": papers.note_of(found)}
    context |= {"sentence": papers.sentence_of(found), "scale": papers.scale_said(found)}
    return render(request, "referrals/days.html", context, status=422 if form.errors else 200)


def days_found(request: MemberRequest, form: DaysForm) -> Days:
    check_can_read_days(request.member)
    return queries.days_to_start(request.member, **form.span)


@require_safe
def days_table(request: MemberRequest, slug: str) -> HttpResponse:
    """The same as CSV: in UTF-8, or with `?encoding=cp932` for programs that read nothing else."""
    found = days_found(request, DaysForm(request.GET, kinds=queries.kinds_started()))
    is_old = request.GET.get("encoding") == "cp932"
    content = (papers.days_cp932 if is_old else papers.days_csv)(found)
    kind = "text/csv; charset=Shift_JIS" if is_old else "text/csv; charset=utf-8"
    return taken_out(request, content, kind, 'attachment; filename="days.csv"')


@require_safe
def days_paper(request: MemberRequest, slug: str) -> HttpResponse:
    """The same on A4."""
    found = days_found(request, DaysForm(request.GET, kinds=queries.kinds_started()))
    content = papers.days_pdf(found, request.environment.name)
    return taken_out(request, content, "application/pdf", 'inline; filename="days.pdf"')


def taken_out(request: MemberRequest, content: bytes, kind: str, disposition: str) -> HttpResponse:
    audit.record(verb="referrals.days_taken_out", by=request.member, subject=request.environment)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
