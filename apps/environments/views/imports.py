"""Accounts from a list: upload, look at what would happen, confirm. Nothing is issued before the last step."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments import actions
from apps.environments.access import check_can_administer
from apps.environments.forms import SheetForm
from apps.environments.paper import sealed_slips
from apps.environments.refusals import SheetRefused
from apps.environments.requests import MemberRequest
from apps.environments.rosters import COLUMNS, Entry, Roster, checked, entries_of
from apps.environments.sealing import seal, unseal
from apps.environments.sheets import MOST_ROWS, check_weight, rows_of
from apps.environments.templating import csv_template, excel_template
from apps.environments.uploads import sheet_sized
from apps.kernel.refusals import NotHere

PURPOSE = "roster"
TEMPLATES = {
    "csv": (csv_template, "text/csv; charset=utf-8"),
    "xlsx": (excel_template, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@sheet_sized
@require_http_methods(["GET", "POST"])
def sheet(request: MemberRequest, slug: str) -> HttpResponseBase:
    """The upload, answered with a preview of every row."""
    check_can_administer(request.member)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    try:
        entries = uploaded(form) if form.is_valid() else None
    except SheetRefused as refusal:
        form.add_error("sheet", refusal.said)
        return render(request, "environments/import.html", page_of(form), status=refusal.status)
    if entries is None:
        return render(request, "environments/import.html", page_of(form), status=422 if form.is_bound else 200)
    return preview(request, checked(entries, request.environment))


def uploaded(form: SheetForm) -> list[Entry]:
    file = form.cleaned_data["sheet"]
    check_weight(file.size)
    return entries_of(rows_of(file.read()))


def page_of(form: SheetForm) -> dict[str, Any]:
    return {"form": form, "columns": COLUMNS, "most": MOST_ROWS}


def preview(request: MemberRequest, roster: Roster) -> HttpResponse:
    """Every row as it was read; those that need correction with their sentences, and then there is nothing to confirm."""
    typed = [{"line": entry.line, "cells": entry.cells} for entry in roster.entries]
    sealed = "" if roster.bad else seal(typed, purpose=PURPOSE, by=request.member)
    context = {"roster": roster, "columns": COLUMNS, "sealed": sealed}
    return render(request, "environments/import_preview.html", context, status=422 if roster.bad else 200)


@require_POST
@sensitive_post_parameters("sealed")
def accounts(request: MemberRequest, slug: str) -> HttpResponse:
    """The confirmed list: every account or none. It is checked again, because an hour may have passed."""
    check_can_administer(request.member)
    typed = unseal(request.POST.get("sealed", ""), purpose=PURPOSE, by=request.member)
    roster = checked([Entry(one["line"], one["cells"]) for one in typed], request.environment)
    if roster.bad:
        return preview(request, roster)
    issued = actions.issue_accounts(accounts=roster.accounts, by=request.member)
    context = {"issued": issued, "sealed": sealed_slips(issued, by=request.member)}
    return render(request, "environments/imported.html", context, status=201)


@require_safe
def template(request: MemberRequest, slug: str, form: str) -> HttpResponse:
    """The empty list to fill in."""
    check_can_administer(request.member)
    if form not in TEMPLATES:
        raise NotHere(subject=form)
    written, content_type = TEMPLATES[form]
    attachment = f'attachment; filename="accounts.{form}"'
    return HttpResponse(written(), content_type=content_type, headers={"Content-Disposition": attachment})
