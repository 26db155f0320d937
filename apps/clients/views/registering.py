"""Registering a client. Somebody of the same name and day of birth is asked about first: people are mixed up that way."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import check_can_register, is_division
from apps.clients.forms import DivisionsClientForm, OfficesClientForm
from apps.clients.models import Client
from apps.clients.scans import check_weight
from apps.environments.requests import MemberRequest
from apps.environments.uploads import sized

CONFIRMED = "is_somebody_else"


@sized(check_weight)
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponse:
    check_can_register(request.member)
    form = form_for(request)
    if not form.is_valid():
        return render(request, "clients/new.html", {"form": form}, status=422 if form.is_bound else 200)
    namesakes = [] if CONFIRMED in request.POST else look_for_namesakes(request, form.cleaned_data)
    if namesakes:
        return render(request, "clients/new.html", {"form": form, "namesakes": namesakes}, status=422)
    client = actions.register_client(**form.given(), by=request.member)
    messages.success(request, form.said)
    return redirect("clients:client", slug=slug, client_id=client.pk)


def form_for(request: MemberRequest) -> DivisionsClientForm | OfficesClientForm:
    form = DivisionsClientForm if is_division(request.member.organization) else OfficesClientForm
    return form(request.POST or None, request.FILES or None, member=request.member)


def look_for_namesakes(request: MemberRequest, given: dict[str, Any], *, beside: Client | None = None) -> list[Client]:
    """Whom somebody of these facts could be taken for, and the ledger's entry of showing them."""
    told_by = {name: given[name] for name in ("name", "kana", "born_on")}
    found = queries.namesakes(request.member, **told_by, beside=beside)
    if found:
        ids = [str(client.pk) for client in found]
        audit.record(verb="clients.namesakes_shown", by=request.member, detail={"hits": len(ids), "clients": ids})
    return found
