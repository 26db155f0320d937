"""What is written of a client: changed, and as it was before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import check_can_edit, client_for
from apps.clients.forms import RecordForm
from apps.clients.models import Client
from apps.clients.refusals import EditedMeanwhile
from apps.clients.views.doors import client_in
from apps.clients.views.registering import CONFIRMED, look_for_namesakes
from apps.environments.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """The record as a form. Whoever was not alone in changing it is shown what the others did, and loses nothing."""
    client = client_in(request, client_id)
    check_can_edit(request.member, client)
    form = RecordForm(request.POST or None, client=client)
    if not form.is_valid():
        return asked(request, client, form)
    namesakes = namesakes_now(request, client, form)
    return asked(request, client, form, namesakes=namesakes) if namesakes else saved(request, client, form)


def asked(request: MemberRequest, client: Client, form: RecordForm, **more: Any) -> HttpResponse:
    audit.opened(client, by=request.member)
    context = {"client": client, "form": form, **more}
    return render(request, "clients/edit.html", context, status=422 if form.is_bound else 200)


def namesakes_now(request: MemberRequest, client: Client, form: RecordForm) -> list[Client]:
    """Whom the client could be taken for after this change, unless it has been ruled out."""
    if CONFIRMED in request.POST or not form.asks_who_is_meant:
        return []
    return look_for_namesakes(request, form.cleaned_data, beside=client)


def saved(request: MemberRequest, client: Client, form: RecordForm) -> HttpResponse:
    seen = form.cleaned_data["version"]
    try:
        actions.edit_client(client=client, facts=form.facts(), version=seen, by=request.member)
    except EditedMeanwhile:
        present = client_for(request.member, client.pk)
        again = form.after(present, queries.record_at(present, seen))
        return asked(request, present, again, meanwhile=queries.edits_since(present, seen, reader=request.member))
    messages.success(request, _("Saved."))
    return redirect("clients:client", slug=client.environment.slug, client_id=client.pk)


@require_safe
def history(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Who has changed what, and what it was before."""
    client = client_in(request, client_id)
    check_can_edit(request.member, client)
    audit.opened(client, by=request.member)
    context = {
        "client": client,
        "edits": queries.history_of(client, reader=request.member),
        "struck": queries.struck_out(client),
    }
    return render(request, "clients/history.html", context)
