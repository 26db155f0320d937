"""Opening a client by a legal exception: an emergency, or a report. Names come as POST, and every try is in the ledger."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import can_report, can_see, check_can_break_glass, check_can_report
from apps.clients.forms import EmergencyForm, ReportForm
from apps.clients.models import Client
from apps.clients.refusals import NobodyFound
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal


@require_http_methods(["GET", "POST"])
def emergency(request: MemberRequest, slug: str) -> HttpResponse:
    """Open somebody in danger, for two hours."""
    check_can_break_glass(request.member)
    form = EmergencyForm(request.POST or None)
    client = sought(request, form)
    if client is not None and can_see(request.member, client):
        messages.info(request, _("This client is open to you already."))
        return redirect("clients:client", slug=slug, client_id=client.pk)
    if client is not None and done(form, actions.break_glass, client=client, by=request.member):
        return redirect("clients:client", slug=slug, client_id=client.pk)
    context = {"form": form, "can_report": can_report(request.member)}
    return render(request, "clients/emergency.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def report(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask a second person to confirm a report; nothing is open before."""
    check_can_report(request.member)
    form = ReportForm(request.POST or None, member=request.member)
    client = sought(request, form)
    asked = done(form, actions.ask_to_report, client=client, by=request.member) if client is not None else None
    if asked is not None:
        messages.success(request, _("The second person has been asked. Nothing is open before they confirm."))
        return redirect("clients:exception", slug=slug, exception_id=asked.pk)
    return render(request, "clients/report.html", {"form": form}, status=422 if form.is_bound else 200)


def sought(request: MemberRequest, form: EmergencyForm | ReportForm) -> Client | None:
    """The person who is meant. Nobody, two of them, and somebody who is not to be found are answered alike."""
    if not form.is_valid():
        return None
    queries.check_tries(request.member)
    client = queries.person_sought(name=form.cleaned_data["name"], born_on=form.cleaned_data["born_on"])
    audit.record(verb=queries.LOOKED_FOR, by=request.member, client=client, detail={"hits": 0 if client is None else 1})
    if client is None:
        form.add_error(None, NobodyFound.sentence)
    return client


def done(form: EmergencyForm | ReportForm, verb: Any, **who: Any) -> Any:
    """What the verb made; a refusal stands above the form, which keeps what was typed."""
    try:
        return verb(**form.why(), **who)
    except Refusal as refusal:
        form.add_error(None, refusal.said)
        return None
