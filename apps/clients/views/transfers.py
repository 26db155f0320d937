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
from apps.clients.forms import TransferForm
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
    """The whole list of one's division with everybody ticked: where to, from when, and who not."""
    check_can_transfer(request.member)
    form = TransferForm(request.POST or None, member=request.member)
    transfer = planned(request, form) if form.is_valid() else None
    if transfer is not None:
        return redirect("clients:transfer", slug=slug, transfer_id=transfer.pk)
    rows = queries.transfer_rows(request.member, form.ticked if form.is_bound else None)
    context = {"form": form, "rows": rows, "ticked": sum(one.is_ticked for one in rows), "many": Transfer.MANY}
    audit.looked(verb="clients.listed", by=request.member, detail={"clients": [str(one.client.pk) for one in rows]})
    return render(request, "clients/new_transfer.html", context, status=422 if form.is_bound else 200)


def planned(request: MemberRequest, form: TransferForm) -> Transfer | None:
    words: dict[str, Any] = form.cleaned_data
    try:
        return actions.plan_transfer(clients=form.ticked, target=words["target"], on=words["on"], by=request.member)
    except (ClientsChanged, NobodyChosen) as refusal:
        form.add_error(None, refusal.said)
        return None


@require_safe
def transfer(request: MemberRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    """One transfer: which clients, from when, and what can still be done about it."""
    found = transfer_for(request.member, transfer_id)
    shown = queries.transfer_shown(request.member, found)
    names = [str(line.client_id) for line in shown.lines]
    audit.looked(verb="clients.listed", by=request.member, subject=found, detail={"clients": names})
    context = {"transfer": found, "shown": shown, "can_approve": can_approve_transfer(request.member, found)}
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
