"""The clients one may see, and one client's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.clients import queries
from apps.clients.access import (
    PHONE_RULE,
    can_break_glass,
    can_edit,
    can_import,
    can_inspect,
    can_register,
    can_transfer,
    is_of_the_division,
    keeps_any,
    why_visible,
)
from apps.clients.access.exceptions import WATCHING
from apps.clients.forms import SearchForm
from apps.clients.queries import Found
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged


@require_http_methods(["GET", "POST"])
def client_list(request: MemberRequest, slug: str) -> HttpResponse:
    """In the order of the syllabary; a search comes as POST, because names stand in no address."""
    form = SearchForm(request.POST or None)
    typed = form.cleaned_data["q"].strip() if form.is_valid() else ""
    standing = chosen_in(request)
    page = paged(queries.clients_listed(request.member, typed, standing), request.GET.get("page"))
    rows = queries.with_reasons(request.member, page.object_list)
    found = Found(typed=typed, standing=standing, page=page, rows=rows)
    audit.record(verb=found.verb, by=request.member, purpose="support", detail=found.detail)
    context = around(request, found) | {"found": found, "can_register": can_register(request.member)}
    context["can_transfer"] = can_transfer(request.member)
    return render(request, "clients/_clients.html" if request.htmx else "clients/list.html", context)


def chosen_in(request: MemberRequest) -> str:
    """How the consent of those who are listed stands; empty for everybody, and for a word that says nothing."""
    chosen = request.GET.get("consent", "")
    return chosen if chosen in queries.Standing.values else ""


def around(request: MemberRequest, found: Found) -> dict[str, Any]:
    """What stands around the list: who waits for consent, how many consents end soon, and the way into an emergency. A search
    shows none of them."""
    if found.typed:
        return {}
    return {
        "choices": queries.standing_choices(found.standing) if not request.member.is_guest else [],
        "waiting": queries.waiting(request.member, request.GET.get("cards")),
        "ending": queries.expiring_count(request.member),
        "renewals": queries.renewals_count(request.member),
        "to_review": queries.reviews_waiting(request.member),
        "keeps": keeps_any(request.member),
        "can_inspect": can_inspect(request.member),
        "watches": request.member.role in WATCHING,
        "can_break_glass": can_break_glass(request.member),
        "can_import": can_import(request.member),
    }


@require_safe
def client(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Who it is, why the reader sees them, and the client's rooms."""
    found = client_in(request, client_id)
    audit.opened(found, by=request.member)
    context = {
        "client": found,
        "why": why_visible(request.member, found),
        "can_edit": can_edit(request.member, found),
        "is_in_charge": is_of_the_division(request.member, found),
        "certificates": queries.certificates_of(found),
        "contacts": queries.contacts_of(request.member, found),
        "phone_rule": PHONE_RULE,
    }
    return render(request, "clients/client.html", context)
