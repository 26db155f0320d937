"""Transfers of many clients to another division: the list, the preview, and what a second person says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    can_approve_transfer,
    check_can_transfer,
    transfer_for,
    transfers_visible_to,
)
from apps.clients.forms import TransferOfAllForm
from apps.clients.models import Transfer
from apps.clients.refusals.transfers import ClientsChanged, NobodyChosen
from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged


@require_safe
def transfers(request: MemberRequest, slug: str) -> HttpResponse:
    """The transfers from and to one's own division."""
    check_can_transfer(request.member)
    page = paged(queries.transfers_listed(transfers_visible_to(request.member)), request.GET.get("page"))
    return render(request, "clients/transfers.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """All clients of one's division, a page at a time: where to, from when, and who of them stays."""
    check_can_transfer(request.member)
    form = TransferOfAllForm(request.POST or None, member=request.member)
    turns = "page" in request.POST
    transfer = planned(request, form) if not turns and form.is_valid() else None
    if transfer is not None:
        return redirect("clients:transfer", slug=slug, transfer_id=transfer.pk)
    preview = queries.transfer_preview(request.member, form.stays, request.POST.get("page"))
    told = {"clients": [str(one.client.pk) for one in preview.rows]}
    audit.looked(verb="clients.listed", by=request.member, detail=told)
    context = {"form": form.turned() if turns else form, "preview": preview, "many": Transfer.MANY}
    return render(request, "clients/new_transfer.html", context, status=422 if form.is_bound and not turns else 200)


def planned(request: MemberRequest, form: TransferOfAllForm) -> Transfer | None:
    words: dict[str, Any] = form.cleaned_data
    everybody = queries.passing_on(request.member)
    try:
        if words["total"] != len(everybody):
            raise ClientsChanged(count=abs(words["total"] - len(everybody)))
        clients = everybody - form.stays
        return actions.plan_transfer(clients=clients, target=words["target"], on=words["on"], by=request.member)
    except (ClientsChanged, NobodyChosen) as refusal:
        form.add_error(None, refusal.said)
        return None


@require_safe
def transfer(request: MemberRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    """One transfer: which clients, from when, and what can still be done about it."""
    found = transfer_for(request.member, transfer_id)
    shown = queries.transfer_shown(request.member, found)
    page = paged(shown.lines, request.GET.get("page"))
    names = [str(line.client_id) for line in page]
    audit.looked(verb="clients.listed", by=request.member, subject=found, detail={"clients": names})
    context = {
        "transfer": found,
        "shown": shown,
        "page": page,
        "can_approve": can_approve_transfer(request.member, found),
    }
    return render(request, "clients/transfer.html", context)


@require_POST
def approve(request: MemberRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    actions.approve_transfer(transfer=transfer_for(request.member, transfer_id), by=request.member)
    messages.success(request, _("Approved."))
    return redirect("clients:transfer", slug=slug, transfer_id=transfer_id)


@require_POST
def revoke(request: MemberRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    actions.revoke_transfer(transfer=transfer_for(request.member, transfer_id), by=request.member)
    messages.success(request, _("Taken back. Every client stays where it is."))
    return redirect("clients:transfer", slug=slug, transfer_id=transfer_id)
