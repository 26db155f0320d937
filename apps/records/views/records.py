"""The records of a client: listed, read, printed, taken out as a table."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest
from apps.kernel.numbers import whole_number
from apps.kernel.paging import paged
from apps.records import papers, queries
from apps.records.access import can_renew, record_for, records_of
from apps.records.models import SupportRecord


@require_safe
def records(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """The newest version of each, the newest record first."""
    client = client_in(request, client_id)
    page = paged(records_of(request.member, client), request.GET.get("page"))
    audit.opened(client, by=request.member)
    return render(request, "records/records.html", {"client": client, "page": page})


def record_in(request: MemberRequest, client_id: UUID, record_number: int) -> SupportRecord:
    """The newest version, or the one that the address names (`?version=`)."""
    client = client_in(request, client_id)
    return record_for(request.member, client, record_number, whole_number(request.GET.get("version", "")))


@require_safe
def record(request: MemberRequest, slug: str, client_id: UUID, record_number: int) -> HttpResponse:
    """What was issued, with what has become of its messages since."""
    found = record_in(request, client_id, record_number)
    audit.opened(found.client, by=request.member, subject=found)
    shown = queries.shown(found)
    context = {"client": found.client, "shown": shown, "unwritable": papers.unwritable(shown)}
    context["can_renew"] = can_renew(request.member, found)
    return render(request, "records/record.html", context)


@require_safe
def paper(request: MemberRequest, slug: str, client_id: UUID, record_number: int) -> HttpResponse:
    """The sheet for the printer; each time is in the ledger."""
    found = record_in(request, client_id, record_number)
    note_taking(request, found, "pdf")
    name = f'inline; filename="{name_of(found)}.pdf"'
    written = papers.sheet(queries.shown(found))
    return HttpResponse(written, content_type="application/pdf", headers={"Content-Disposition": name})


@require_safe
def table(request: MemberRequest, slug: str, client_id: UUID, record_number: int) -> HttpResponse:
    """The lines as CSV: in UTF-8, or with `?encoding=cp932` for programs that read nothing else."""
    found = record_in(request, client_id, record_number)
    is_old = request.GET.get("encoding") == "cp932"
    note_taking(request, found, "cp932" if is_old else "csv")
    written = (papers.csv_cp932 if is_old else papers.csv_utf8)(queries.shown(found))
    name = f'attachment; filename="{name_of(found)}.csv"'
    charset = "Shift_JIS" if is_old else "utf-8"
    return HttpResponse(written, content_type=f"text/csv; charset={charset}", headers={"Content-Disposition": name})


def name_of(record: SupportRecord) -> str:
    form = "meeting-summary" if record.is_of_meeting else "support-record"
    return f"{form}-{record.number}-{record.version}"


def note_taking(request: MemberRequest, record: SupportRecord, form: str) -> None:
    detail = {"number": record.number, "version": record.version, "form": form}
    audit.record(verb="records.taken_out", by=request.member, subject=record, client=record.client, detail=detail)
