"""Numbers and certifications of a client: written, struck out, opened; and what is to be renewed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import certification_for, check_can_edit, holder_visible_to, number_for
from apps.clients.forms import CertificationForm, NumberForm
from apps.clients.models import Client
from apps.clients.refusals import NumberTaken
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotAllowed, NotHere, Refusal


@require_http_methods(["GET", "POST"])
def new_number(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Copy the number from the certificate."""
    client = client_in(request, client_id)
    check_can_edit(request.member, client)
    form, more = NumberForm(request.POST or None, client=client), {}
    if form.is_valid():
        try:
            actions.write_number(client=client, by=request.member, **form.given())
            return written(request, client)
        except (NotHere, NotAllowed):
            raise
        except Refusal as refusal:
            more = refused(request, form, refusal)
    return asked(request, "clients/new_number.html", client, form, more)


def refused(request: MemberRequest, form: NumberForm, refusal: Refusal) -> dict[str, Any]:
    """Said beside the field and written in the ledger; whose number it is only to somebody who sees that client."""
    given = form.given()
    audit.refused(verb="clients.number_written", refusal=refusal, by=request.member)
    form.refuse(refusal)
    if not isinstance(refusal, NumberTaken):
        return {}
    holder = holder_visible_to(request.member, given["certificate"], given["number"], given["insurer_number"])
    if holder is not None:
        audit.looked(verb="clients.holder_shown", subject=holder, client=holder, by=request.member)
    return {"holder": holder}


def asked(request: MemberRequest, template: str, client: Client, form: Any, more: dict[str, Any]) -> HttpResponse:
    audit.opened(client, by=request.member)
    context = {"client": client, "form": form, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)


def written(request: MemberRequest, client: Client) -> HttpResponse:
    messages.success(request, _("Written down."))
    return redirect("clients:client", slug=client.environment.slug, client_id=client.pk)


@require_POST
def open_number(request: MemberRequest, slug: str, client_id: UUID, number_id: UUID) -> HttpResponse:
    """The number in full, on this answer only. Each opening is an entry in the ledger."""
    client = client_in(request, client_id)
    number = number_for(request.member, client, number_id)
    context = {"client": client, "number": number, "clear": actions.open_number(number=number, by=request.member)}
    template = "clients/_opened_number.html" if request.htmx else "clients/opened_number.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
def strike_number(request: MemberRequest, slug: str, client_id: UUID, number_id: UUID) -> HttpResponse:
    """Strike out a number written by mistake, after asking."""
    client = client_in(request, client_id)
    number = number_for(request.member, client, number_id)
    check_can_edit(request.member, client)
    if request.method == "POST":
        actions.strike_number(number=number, by=request.member)
        return struck(request, client)
    audit.opened(client, by=request.member)
    return render(request, "clients/ask_strike.html", {"client": client, "number": number})


@require_http_methods(["GET", "POST"])
def new_certification(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Copy a period from the certificate."""
    client = client_in(request, client_id)
    check_can_edit(request.member, client)
    form = CertificationForm(request.POST or None, client=client)
    if form.is_valid():
        try:
            actions.write_certification(client=client, granted=form.granted(), by=request.member)
            return written(request, client)
        except (NotHere, NotAllowed):
            raise
        except Refusal as refusal:
            form.refuse(refusal)
    return asked(request, "clients/new_certification.html", client, form, {})


@require_http_methods(["GET", "POST"])
def strike_certification(request: MemberRequest, slug: str, client_id: UUID, certification_id: UUID) -> HttpResponse:
    """Strike out a period written by mistake, after asking."""
    client = client_in(request, client_id)
    certification = certification_for(request.member, client, certification_id)
    check_can_edit(request.member, client)
    if request.method == "POST":
        actions.strike_certification(certification=certification, by=request.member)
        return struck(request, client)
    audit.opened(client, by=request.member)
    return render(request, "clients/ask_strike.html", {"client": client, "certification": certification})


def struck(request: MemberRequest, client: Client) -> HttpResponse:
    messages.success(request, _("Struck out. It stays readable among the former entries."))
    return redirect("clients:client", slug=client.environment.slug, client_id=client.pk)


@require_safe
def renewals(request: MemberRequest, slug: str) -> HttpResponse:
    """Certifications that end within sixty days, and those that have run out."""
    found = queries.renewals(request.member, request.GET.get("page"))
    audit.record(verb="clients.renewals_listed", by=request.member, purpose="support", detail=found.detail)
    return render(request, "clients/renewals.html", {"found": found})
