"""The waiting list: who waits, putting somebody on it, one who waits, and what can be done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.environments.requests import MemberRequest
from apps.visits.access import can_arrange, check_can_arrange
from apps.visits.refusals import NeedNamesTheClient
from apps.visits.views.finding import client_of
from apps.waiting import actions, queries
from apps.waiting.access import (
    can_look_after,
    check_can_look_after,
    check_can_see_list,
    client_behind,
    waiting_for,
)
from apps.waiting.forms import DecliningForm, LeavingForm, PutForm
from apps.waiting.models import Waiting
from apps.waiting.refusals import JustOffered, NothingOffered, StillBooked, StillWaits, WaitsNoMore


@require_safe
def line(request: MemberRequest, slug: str) -> HttpResponse:
    """Those who wait, and why in this order."""
    check_can_see_list(request.member)
    rows = queries.line_of(request.member)
    if named := sorted({str(row.client.pk) for row in rows if row.client is not None}):
        audit.looked(verb="waiting.listed", by=request.member, detail={"clients": named})
    return render(request, "waiting/line.html", {"rows": rows, "can_put": can_arrange(request.member)})


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Put a client, or a family without a name, on the list. From the counter it is filled in with what was looked for."""
    member, sent = request.member, request.POST
    check_can_arrange(member)
    client = client_of(member, sent.get("client", ""))
    if request.method == "GET" or "start" in sent:
        about = {**sent.dict(), "weekdays": sent.getlist("weekdays"), "reasons": ["full"]}
        return asking(request, PutForm(initial=about, member=member), client)
    return put(request, PutForm(sent, member=member), client)


def asking(request: MemberRequest, form: PutForm, client: Client | None) -> HttpResponse:
    context = {"form": form, "client": client}
    return render(request, "waiting/new.html", context, status=422 if form.is_bound else 200)


def put(request: MemberRequest, form: PutForm, client: Client | None) -> HttpResponse:
    if not form.is_valid():
        return asking(request, form, client)
    try:
        waiting = actions.put_on_list(wish=form.wish(client), by=request.member)
    except NeedNamesTheClient as refusal:
        form.add_error("need", refusal.said)
        return asking(request, form, client)
    messages.success(request, _("On the waiting list. What becomes free is offered by itself."))
    return redirect("waiting:entry", request.environment.slug, waiting.pk)


@require_safe
def entry(request: MemberRequest, slug: str, wait_id: UUID) -> HttpResponse:
    return shown(request, waiting_for(request.member, wait_id))


def shown(request: MemberRequest, waiting: Waiting, status: int = 200, **forms: Any) -> HttpResponse:
    return render(request, "waiting/entry.html", {**page_of(request, waiting), **forms}, status=status)


def page_of(request: MemberRequest, waiting: Waiting) -> dict[str, Any]:
    """One who waits, with what is offered and what can be done."""
    client, offers = client_behind(request.member, waiting), queries.offers_of(waiting)
    if client is not None:
        audit.opened(client, by=request.member, subject=waiting)
    return {
        "waiting": waiting,
        "client": client,
        "number": queries.numbers_in_line().get(waiting.pk),
        "wished": queries.wished_by(waiting),
        "offer": next((one for one in offers if one.stands), None),
        "offers": [one for one in offers if not one.stands],
        "looks_after": can_look_after(request.member, waiting),
        "declining": DecliningForm(),
        "leaving": LeavingForm(),
    }


@require_POST
def declining(request: MemberRequest, slug: str, wait_id: UUID) -> HttpResponse:
    """The offered place does not suit, with the reason."""
    found, form = waiting_for(request.member, wait_id), DecliningForm(request.POST)
    check_can_look_after(request.member, found)
    if not form.is_valid():
        return shown(request, found, 422, declining=form)
    try:
        actions.decline_offer(waiting=found, by=request.member, **form.cleaned_data)
    except NothingOffered as refusal:
        messages.error(request, refusal.said)
        return shown(request, found, refusal.status)
    messages.success(request, _("Declined. The place goes to the next, and this family keeps its place on the list."))
    return redirect("waiting:entry", slug, found.pk)


@require_POST
def leaving(request: MemberRequest, slug: str, wait_id: UUID) -> HttpResponse:
    """They wait no more, with the reason."""
    found, form = waiting_for(request.member, wait_id), LeavingForm(request.POST)
    check_can_look_after(request.member, found)
    if not form.is_valid():
        return shown(request, found, 422, leaving=form)
    try:
        actions.leave(waiting=found, by=request.member, **form.cleaned_data)
    except (WaitsNoMore, JustOffered) as refusal:
        messages.error(request, refusal.said)
        return shown(request, waiting_for(request.member, wait_id), refusal.status)
    messages.success(request, _("Taken off the waiting list."))
    return redirect("waiting:entry", slug, found.pk)


@require_POST
def returning(request: MemberRequest, slug: str, wait_id: UUID) -> HttpResponse:
    """Undo: they wait again, at their old place."""
    found = waiting_for(request.member, wait_id)
    try:
        actions.wait_again(waiting=found, by=request.member)
    except (StillWaits, StillBooked) as refusal:
        messages.error(request, refusal.said)
        return shown(request, found, refusal.status)
    messages.success(request, _("On the waiting list again, at the old place."))
    return redirect("waiting:entry", slug, found.pk)
