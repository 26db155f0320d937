"""Sheets that went out: found by their code, looked at, made void."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged
from apps.paper import actions, queries
from apps.paper.access import check_can_use_paper, newest, sheet_for, sheet_with_code
from apps.paper.asking import asking
from apps.paper.forms import CodeForm
from apps.paper.models import SheetState
from apps.paper.refusals import CodeUnknown


@require_POST
def find(request: MemberRequest, slug: str) -> HttpResponse:
    """The sheet whose code somebody reads aloud on the telephone."""
    check_can_use_paper(request.member)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return redirect(
                "paper:sheet", slug=slug, sheet_id=sheet_with_code(request.member, form.cleaned_data["code"]).pk
            )
        except CodeUnknown as refusal:
            form.add_error("code", refusal.said)
    page = paged(queries.scans_in(request.member, "back"))
    quarantined = queries.quarantined_count(request.member)
    context = {"page": page, "tab": "back", "quarantined": quarantined, "form": form}
    return render(request, "paper/scans.html", context, status=422)


@require_safe
def sheet(request: MemberRequest, slug: str, sheet_id: UUID) -> HttpResponse:
    """For whom it was made, whether it was answered, and what came back of it."""
    found = sheet_for(request.member, sheet_id)
    path = asking.path_of_sheet(found) if found.state == SheetState.OUT else ""
    context = {"sheet": found, "scans": queries.scans_of(found), "path": path}
    return render(request, "paper/sheet.html", context | {"newer": newest(found) if found.replaced_by_id else None})


@require_POST
def void(request: MemberRequest, slug: str, sheet_id: UUID) -> HttpResponse:
    """Let a sheet not count any more."""
    actions.void_sheet(sheet=sheet_for(request.member, sheet_id), by=request.member)
    messages.success(request, _("This sheet does not count any more."))
    return redirect("paper:sheet", slug=slug, sheet_id=sheet_id)
