"""Clients opened to one person by hand, and closed again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import check_can_change_team
from apps.clients.forms import OpeningForm
from apps.clients.models import Client
from apps.clients.views.doors import client_in
from apps.environments.access import member_for
from apps.environments.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Choose a person whose organization has no seat, such as a supervisor who stands in."""
    client = client_in(request, client_id)
    check_can_change_team(request.member, client)
    # A search sends along who is chosen: only the button opens the client.
    form = OpeningForm(request.POST if "open" in request.POST else None)
    if form.is_valid():
        return opened(request, client, form)
    audit.opened(client, by=request.member)
    context = choices(request, client) | {"form": form}
    template = "clients/_people.html" if request.htmx else "clients/open_by_hand.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def choices(request: MemberRequest, client: Client) -> dict[str, Any]:
    typed = request.POST.get("q", "")[:100]
    return {"client": client, "typed": typed, "found": queries.members_to_open_to(request.member, client, typed)}


def opened(request: MemberRequest, client: Client, form: OpeningForm) -> HttpResponse:
    person = member_for(request.member, form.cleaned_data["member"])
    actions.open_by_hand(
        client=client,
        member=person,
        expires_at=form.expires_at(),
        reason=form.cleaned_data["reason"],
        by=request.member,
    )
    messages.success(request, _("The client is open to this person now."))
    return redirect("clients:team", slug=client.environment.slug, client_id=client.pk)


@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, slug: str, client_id: UUID, member_id: UUID) -> HttpResponse:
    """Take back what was opened by hand, after asking."""
    client = client_in(request, client_id)
    check_can_change_team(request.member, client)
    person = member_for(request.member, member_id)
    if request.method == "POST":
        actions.close_by_hand(client=client, member=person, by=request.member)
        messages.success(request, _("The client is closed to this person now."))
        return redirect("clients:team", slug=slug, client_id=client_id)
    audit.opened(client, by=request.member)
    return render(request, "clients/ask_close.html", {"client": client, "person": person})
