"""The family and guardians of a client."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients import actions
from apps.clients.access import check_can_change_contact, check_can_edit, contact_for
from apps.clients.forms import ContactForm
from apps.clients.models import Client
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Write down somebody of the family."""
    client = client_in(request, client_id)
    check_can_edit(request.member, client)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        actions.write_contact(client=client, reached=form.reached(), by=request.member)
        return saved(request, client)
    return asked(request, "clients/contact.html", client, form=form)


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, slug: str, client_id: UUID, contact_id: UUID) -> HttpResponse:
    """Write a contact anew; what stood there is kept."""
    client = client_in(request, client_id)
    contact = contact_for(request.member, client, contact_id)
    check_can_change_contact(request.member, contact)
    form = ContactForm(request.POST or None, contact=contact)
    if form.is_valid():
        actions.change_contact(contact=contact, reached=form.reached(), by=request.member)
        return saved(request, client)
    return asked(request, "clients/contact.html", client, form=form, contact=contact)


@require_http_methods(["GET", "POST"])
def strike(request: MemberRequest, slug: str, client_id: UUID, contact_id: UUID) -> HttpResponse:
    """Strike out a contact, after asking."""
    client = client_in(request, client_id)
    contact = contact_for(request.member, client, contact_id)
    check_can_change_contact(request.member, contact)
    if request.method == "POST":
        actions.strike_contact(contact=contact, by=request.member)
        return saved(request, client)
    return asked(request, "clients/ask_strike.html", client, contact=contact)


def asked(request: MemberRequest, template: str, client: Client, **more: Any) -> HttpResponse:
    audit.opened(client, by=request.member)
    status = 422 if "form" in more and more["form"].is_bound else 200
    return render(request, template, {"client": client, **more}, status=status)


def saved(request: MemberRequest, client: Client) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("clients:client", slug=client.environment.slug, client_id=client.pk)
