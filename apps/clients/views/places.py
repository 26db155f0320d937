"""Where a client is to be found, and who may know it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.audit import actions as audit
from apps.clients import actions
from apps.clients.access import (
    can_petition,
    can_protect,
    can_see_places,
    can_write_places,
    check_can_write_places,
    names_of_hands_beside,
    petition_for,
    petitions_to_approve,
    petitions_visible_to,
    places_visible_to,
)
from apps.clients.access.protection import check_can_petition
from apps.clients.forms import PetitionForm, PlaceForm
from apps.clients.models import Client
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def places(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """The places, for whom they are not withheld from; and a new one, written without being shown."""
    client = client_in(request, client_id)
    if request.method == "POST":
        check_can_write_places(request.member, client)
    form = PlaceForm(request.POST or None, client=client)
    if form.is_valid():
        actions.write_place(client=client, by=request.member, **form.cleaned_data)
        messages.success(request, _("The place was written down."))
        return redirect("clients:places", slug=slug, client_id=client_id)
    return shown(request, client, form=form)


def shown(request: MemberRequest, client: Client, **forms: Any) -> HttpResponse:
    sees = can_see_places(request.member, client)
    audit.opened(client, by=request.member)
    if sees and client.is_protected:
        audit.looked(
            verb="clients.places_opened", subject=client, client=client, by=request.member, purpose="protected"
        )
    context = what_may_be_done(request, client) | {"form": PlaceForm(client=client), **forms, "sees": sees}
    context |= {"client": client, "places": places_visible_to(request.member, client)}
    is_bound = any(form.is_bound for form in forms.values())
    return render(request, "clients/places.html", context, status=422 if is_bound else 200)


def what_may_be_done(request: MemberRequest, client: Client) -> dict[str, Any]:
    petitions = list(petitions_visible_to(request.member, client)) if client.is_protected else []
    names = names_of_hands_beside(request.member, client)
    mine = petitions_to_approve(request.member, client, petitions)
    return {
        "petitions": [(one, names.of(one.asked_by), one.pk in mine) for one in petitions],
        "can_write": can_write_places(request.member, client),
        "can_protect": can_protect(request.member, client),
        "can_ask": can_petition(request.member, client, "see"),
        "petition_form": PetitionForm(),
    }


@require_POST
def protection(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Withhold the places from now on."""
    actions.protect_client(client=client_in(request, client_id), by=request.member)
    messages.success(request, _("Where this client is to be found is withheld from now on."))
    return redirect("clients:places", slug=slug, client_id=client_id)


@require_POST
def petitions(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Ask to see the places, or to lift the protection."""
    client = client_in(request, client_id)
    check_can_petition(request.member, client, request.POST.get("kind", ""))
    form = PetitionForm(request.POST)
    if not form.is_valid():
        return shown(request, client, petition_form=form)
    actions.petition(client=client, by=request.member, **form.cleaned_data)
    messages.success(request, _("Others of the division in charge have been asked."))
    return redirect("clients:places", slug=slug, client_id=client_id)


@require_POST
def approval(request: MemberRequest, slug: str, client_id: UUID, petition_id: UUID) -> HttpResponse:
    client = client_in(request, client_id)
    actions.approve_petition(petition=petition_for(request.member, client, petition_id), by=request.member)
    messages.success(request, _("Approved."))
    return redirect("clients:places", slug=slug, client_id=client_id)


@require_POST
def ending(request: MemberRequest, slug: str, client_id: UUID, petition_id: UUID) -> HttpResponse:
    client = client_in(request, client_id)
    actions.end_petition(petition=petition_for(request.member, client, petition_id), by=request.member)
    messages.success(request, _("Ended. It shows nothing any more."))
    return redirect("clients:places", slug=slug, client_id=client_id)
