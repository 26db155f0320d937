"""What is reached without seeing a client: records that an organization must keep, and the auditor's inspections."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    check_can_inspect,
    inspection_for,
    kept_client_for,
    kept_paper_for,
    names_beside,
    names_of_hands_beside,
)
from apps.clients.forms import InspectionForm
from apps.clients.models import Client
from apps.clients.retention import LEGAL_DUTY
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.kernel.paging import paged


@require_safe
def kept_list(request: MemberRequest, slug: str) -> HttpResponse:
    """Clients who are closed, and whose records the reader's organization must keep."""
    page = paged(queries.kept_clients(request.member), request.GET.get("page"))
    detail = {"hits": page.paginator.count, "clients": [str(client.pk) for client in page]}
    audit.record(verb="clients.kept_listed", by=request.member, purpose=LEGAL_DUTY, detail=detail)
    return render(request, "clients/kept_list.html", {"page": page})


@require_safe
def kept(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """The organization's own seats, consents and papers of one client, with the rule that asks for them."""
    client = kept_client_for(request.member, client_id)
    audit.opened(client, by=request.member, purpose=LEGAL_DUTY)
    request.names_shown = names_beside(request.member, client)
    return render(request, "clients/kept.html", {"client": client, "kept": queries.kept_of(request.member, client)})


@require_safe
def kept_paper(request: MemberRequest, slug: str, client_id: UUID, paper_number: int) -> HttpResponse:
    """A paper that the organization itself has put into the record."""
    paper = kept_paper_for(request.member, client_id, paper_number)
    audit.opened(paper.client, by=request.member, subject=paper, purpose=LEGAL_DUTY)
    return delivered(queries.bytes_of(paper), paper.content_type, f"paper-{paper.number}")


@require_http_methods(["GET", "POST"])
def inspections(request: MemberRequest, slug: str) -> HttpResponse:
    """An auditor names the basis and its reference, then chooses whose record."""
    check_can_inspect(request.member)
    form = InspectionForm(request.POST if request.method == "POST" else None)
    found = queries.clients_to_choose(request.member, form.cleaned_data["q"]) if form.is_valid() else []
    chosen = next((client for client in found if client.pk == form.cleaned_data["client"]), None)
    if chosen is not None:
        about = {name: form.cleaned_data[name] for name in ("basis", "reference")}
        actions.open_inspection(client=chosen, **about, by=request.member)
        return redirect("clients:inspection", slug=slug, client_id=chosen.pk)
    return offered(request, form, found)


def offered(request: MemberRequest, form: InspectionForm, found: list[Client]) -> HttpResponse:
    """The form, and below it whom the words fit; the ledger tells whom they did."""
    if form.is_bound and form.is_valid():
        ids = [str(client.pk) for client in found]
        purpose = f"legal-basis:{form.cleaned_data['basis']}"
        detail = {"hits": len(ids), "clients": ids}
        audit.record(verb="clients.inspection_searched", by=request.member, purpose=purpose, detail=detail)
    context = {"form": form, "found": found, "is_searched": form.is_bound and form.is_valid()}
    return render(request, "clients/inspections.html", context, status=422 if form.errors else 200)


@require_safe
def inspection(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """What stands around the record, while the inspection lasts."""
    opened = inspection_for(request.member, client_id)
    audit.opened(opened.client, by=request.member, subject=opened, purpose=opened.purpose)
    request.names_shown = names_of_hands_beside(request.member, opened.client)
    context = {
        "inspection": opened,
        "subject": opened.client,
        "found": queries.inspected(request.member, opened.client),
    }
    return render(request, "clients/inspection.html", context)
