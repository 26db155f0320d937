"""Clients from a list: upload, look at what would happen, confirm; and take a whole list back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import check_can_import, import_run_for, import_runs_of
from apps.clients.forms.imports import MOST_CLIENTS, CheckedList, ColumnsForm, checked, rows_in, troubles_written
from apps.clients.forms.listed import COLUMNS
from apps.environments.columns import csv_header, excel_header
from apps.environments.forms import SheetForm
from apps.environments.refusals import SheetRefused
from apps.environments.requests import MemberRequest
from apps.environments.sealing import seal, unseal
from apps.environments.sheets import check_weight
from apps.environments.uploads import sheet_sized
from apps.kernel.paging import paged
from apps.kernel.refusals import NotHere

PURPOSE = "clients"
CSV = "text/csv; charset=utf-8"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@sheet_sized
@require_http_methods(["GET", "POST"])
def imports(request: MemberRequest, slug: str) -> HttpResponseBase:
    """The upload and the lists imported so far; a file is answered with a preview of its rows."""
    check_can_import(request.member)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    try:
        rows = uploaded(form) if form.is_valid() else None
    except SheetRefused as refusal:
        form.add_error("sheet", refusal.said)
        return render(request, "clients/imports.html", page_of(request, form), status=refusal.status)
    if rows is None:
        return render(request, "clients/imports.html", page_of(request, form), status=422 if form.is_bound else 200)
    return shown(request, rows, ColumnsForm(header=rows[0]))


def uploaded(form: SheetForm) -> list[list[str]]:
    file = form.cleaned_data["sheet"]
    check_weight(file.size)
    return rows_in(file.read())


def page_of(request: MemberRequest, form: SheetForm) -> dict[str, Any]:
    needed = [column for column in COLUMNS if column.is_required]
    welcome = [column for column in COLUMNS if not column.is_required]
    page = paged(import_runs_of(request.member), request.GET.get("page"))
    return {"form": form, "needed": needed, "welcome": welcome, "most": MOST_CLIENTS, "page": page}


@require_POST
@sensitive_post_parameters("sealed")
def preview(request: MemberRequest, slug: str) -> HttpResponse:
    """The same list, read by other columns."""
    check_can_import(request.member)
    rows = unseal(request.POST.get("sealed", ""), purpose=PURPOSE, by=request.member)
    return shown(request, rows, ColumnsForm(request.POST, header=rows[0]))


def shown(request: MemberRequest, rows: list[list[str]], columns: ColumnsForm) -> HttpResponse:
    """What would be registered. Nothing of the list stays on the server: the page carries it, sealed."""
    found = checked(rows, columns, member=request.member) if columns.is_valid() else None
    if found is not None and found.met:
        tell_whom_it_met(request, found)
    sealed = seal(rows, purpose=PURPOSE, by=request.member)
    context = {"columns_form": columns, "found": found, "sealed": sealed}
    return render(request, "clients/import_preview.html", context, status=200 if found and not found.bad else 422)


def tell_whom_it_met(request: MemberRequest, found: CheckedList) -> None:
    ids = [str(one) for one in found.met]
    audit.record(verb="clients.namesakes_shown", by=request.member, detail={"hits": len(ids), "clients": ids})


@require_POST
@sensitive_post_parameters("sealed")
def troubles(request: MemberRequest, slug: str) -> HttpResponse:
    """What is to be corrected, to be worked through beside the file: rows and sentences without a name."""
    check_can_import(request.member)
    rows = unseal(request.POST.get("sealed", ""), purpose=PURPOSE, by=request.member)
    columns = ColumnsForm(request.POST, header=rows[0])
    if not columns.is_valid():
        return shown(request, rows, columns)
    found = checked(rows, columns, member=request.member)
    if found.met:
        tell_whom_it_met(request, found)
    return downloaded(troubles_written(found), name="rows-to-correct.csv", content_type=CSV)


@require_POST
@sensitive_post_parameters("sealed")
def confirm(request: MemberRequest, slug: str) -> HttpResponse:
    """Everybody of the list or nobody. It is checked again: an hour may have passed."""
    check_can_import(request.member)
    rows = unseal(request.POST.get("sealed", ""), purpose=PURPOSE, by=request.member)
    columns = ColumnsForm(request.POST, header=rows[0])
    found = checked(rows, columns, member=request.member) if columns.is_valid() else None
    if found is None or found.bad:
        return shown(request, rows, columns)
    run = actions.import_clients(people=found.people, source=found.source, by=request.member)
    messages.success(request, _("The list was imported. Your division is in charge."))
    return redirect("clients:import", slug=slug, run_id=run.pk)


@require_safe
def run(request: MemberRequest, slug: str, run_id: UUID) -> HttpResponse:
    """One import: what it brought, and who keeps it from being taken back."""
    found = import_run_for(request.member, run_id)
    return render(request, "clients/import.html", told(request, found))


def told(request: MemberRequest, found: Any) -> dict[str, Any]:
    """The import with the clients that were built upon; naming them is a look at each."""
    kept = queries.built_upon_visible(request.member, found)
    ids = [str(client.pk) for client in kept]
    audit.looked(verb="clients.import_shown", by=request.member, subject=found, detail={"clients": ids})
    return {"run": found, "kept": kept}


@require_http_methods(["GET", "POST"])
def take_back(request: MemberRequest, slug: str, run_id: UUID) -> HttpResponse:
    """Remove everybody whom the list brought, after asking."""
    found = import_run_for(request.member, run_id)
    if request.method == "POST":
        actions.take_back_import(run=found, by=request.member)
        messages.success(request, _("The import was taken back. Everybody it had brought is gone from the list."))
        return redirect("clients:import", slug=slug, run_id=run_id)
    return render(request, "clients/ask_take_back.html", told(request, found))


@require_safe
def template(request: MemberRequest, slug: str, form: str) -> HttpResponse:
    """The empty list to fill in."""
    check_can_import(request.member)
    if form not in {"csv", "xlsx"}:
        raise NotHere(subject=form)
    written = csv_header(COLUMNS) if form == "csv" else excel_header(COLUMNS, title="利用者")
    return downloaded(written, name=f"clients.{form}", content_type=CSV if form == "csv" else EXCEL)


def downloaded(written: bytes, *, name: str, content_type: str) -> HttpResponse:
    attachment = f'attachment; filename="{name}"'
    return HttpResponse(written, content_type=content_type, headers={"Content-Disposition": attachment})
