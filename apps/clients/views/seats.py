"""Seats on a care team: give one, end one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import can_see, check_can_change_team, seat_for
from apps.clients.forms import SeatEndForm, SeatForm
from apps.clients.models import Client
from apps.clients.views.doors import client_in
from apps.environments.access import organization_for
from apps.environments.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Choose an organization; from then on its members see the client."""
    client = client_in(request, client_id)
    check_can_change_team(request.member, client)
    # A search sends along what is chosen: only the button gives the seat.
    form = SeatForm(request.POST if "give" in request.POST else None)
    if form.is_valid():
        return given(request, client, form)
    audit.opened(client, by=request.member)
    context = choices(request, client) | {"form": form}
    template = "clients/_organizations.html" if request.htmx else "clients/new_seat.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def choices(request: MemberRequest, client: Client) -> dict[str, Any]:
    typed = request.POST.get("q", "")[:100]
    return {
        "client": client,
        "typed": typed,
        "found": queries.organizations_without_seat(request.member, client, typed),
    }


def given(request: MemberRequest, client: Client, form: SeatForm) -> HttpResponse:
    organization = organization_for(request.member, form.cleaned_data["organization"])
    actions.give_seat(client=client, organization=organization, by=request.member, **form.seat())
    messages.success(request, _("The seat was given. Its people have been told."))
    return redirect("clients:team", slug=client.environment.slug, client_id=client.pk)


@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, slug: str, client_id: UUID, seat_id: UUID) -> HttpResponse:
    """End a seat now or with a day to come, after asking."""
    client = client_in(request, client_id)
    seat = seat_for(request.member, client, seat_id)
    check_can_change_team(request.member, client)
    form = SeatEndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.end_seat(seat=seat, ends_at=form.ends_at(), by=request.member)
        return ended(request, client)
    audit.opened(client, by=request.member)
    context = {"client": client, "seat": seat, "body": queries.body_of(seat, reader=request.member), "form": form}
    return render(request, "clients/ask_end_seat.html", context, status=422 if form.is_bound else 200)


def ended(request: MemberRequest, client: Client) -> HttpResponse:
    messages.success(request, _("The end of the seat was written down."))
    if can_see(request.member, client):
        return redirect("clients:team", slug=client.environment.slug, client_id=client.pk)
    return redirect("clients:list", slug=client.environment.slug)
