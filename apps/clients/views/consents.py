"""Consents: recorded, withdrawn, printed to be signed, and those that end soon."""

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
    bodies_beside,
    can_change_team,
    can_see,
    check_can_change_team,
    consent_for,
    printed_form_for,
)
from apps.clients.forms import ConsentForm, EvidenceForm, WithdrawalForm
from apps.clients.models import Client, ContentType
from apps.clients.printing import consent_pdf
from apps.clients.scans import check_weight
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest
from apps.environments.uploads import sized
from apps.files.delivery import delivered


@require_safe
def consents(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """What the client has consented to: in force, to come, and former."""
    client = client_in(request, client_id)
    audit.opened(client, by=request.member)
    may_change = can_change_team(request.member, client)
    context = {
        "client": client,
        "consents": queries.consents_of(client, reader=request.member),
        "can_change_team": may_change,
    }
    if may_change:
        context |= {"standing": queries.standing_of(client), "forms": queries.forms_of(client)}
    return render(request, "clients/consents.html", context)


@sized(check_weight)
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Write down what stands on the signed paper."""
    client = client_in(request, client_id)
    check_can_change_team(request.member, client)
    form = ConsentForm(request.POST or None, request.FILES or None, member=request.member, client=client)
    if form.is_valid():
        actions.record_consent(client=client, given=form.consent(), by=request.member)
        messages.success(request, _("The consent was recorded."))
        return redirect("clients:consents", slug=slug, client_id=client_id)
    audit.opened(client, by=request.member)
    context = {"client": client, "form": form}
    return render(request, "clients/new_consent.html", context, status=422 if form.is_bound else 200)


@sized(check_weight)
@require_http_methods(["GET", "POST"])
def evidence(request: MemberRequest, slug: str, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """Add the scan of the paper to a consent that was recorded without one."""
    client = client_in(request, client_id)
    consent = consent_for(request.member, client, consent_id)
    check_can_change_team(request.member, client)
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    if form.is_valid():
        actions.add_evidence(consent=consent, scan=form.cleaned_data["scan"], by=request.member)
        messages.success(request, _("The scan was added to the consent."))
        return redirect("clients:consents", slug=slug, client_id=client_id)
    audit.opened(client, by=request.member)
    context = {"client": client, "consent": consent, "form": form}
    return render(request, "clients/evidence.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, slug: str, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """End a consent, after saying whom it closes out."""
    client = client_in(request, client_id)
    consent = consent_for(request.member, client, consent_id)
    check_can_change_team(request.member, client)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.withdraw_consent(consent=consent, note=form.cleaned_data["note"], by=request.member)
        return withdrawn(request, client)
    audit.opened(client, by=request.member)
    said = queries.consent_shown(consent, bodies_beside(request.member, client))
    context: dict[str, Any] = {"client": client, "shown": said, "form": form}
    return render(request, "clients/ask_withdraw.html", context, status=422 if form.is_bound else 200)


def withdrawn(request: MemberRequest, client: Client) -> HttpResponse:
    messages.success(request, _("The consent was withdrawn. Those who saw the client by it see nothing any more."))
    if can_see(request.member, client):
        return redirect("clients:consents", slug=client.environment.slug, client_id=client.pk)
    return redirect("clients:list", slug=client.environment.slug)


@require_POST
def print_form(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """A further sheet to be signed, in the version of today."""
    client = client_in(request, client_id)
    form = actions.print_form(client=client, by=request.member)
    return redirect("clients:consent_form", slug=slug, client_id=client_id, form_number=form.number)


@require_safe
def form_to_sign(request: MemberRequest, slug: str, client_id: UUID, form_number: int) -> HttpResponse:
    """The sheet as it was printed, as PDF; neither its address nor its file name tells a name."""
    client = client_in(request, client_id)
    check_can_change_team(request.member, client)
    form = printed_form_for(request.member, client, form_number)
    audit.opened(client, by=request.member)
    return delivered(consent_pdf(form, reader=request.member), ContentType.PDF, "consent-form")


@require_safe
def expiring(request: MemberRequest, slug: str) -> HttpResponse:
    """Consents that end within thirty days, the next one first."""
    found = queries.expiring(request.member, request.GET.get("page"))
    audit.record(verb="clients.expiring_listed", by=request.member, purpose="support", detail=found.detail)
    return render(request, "clients/expiring.html", {"found": found})
