"""Visits: finding a time, the list, one that is held or booked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotAllowed
from apps.visits import actions, queries
from apps.visits.access import (
    can_arrange,
    check_can_arrange,
    check_is_asking,
    facilities_to_publish,
    has_visits,
    is_asking,
    slot_for,
    visit_for,
)
from apps.visits.actions.booking import reasons_of
from apps.visits.forms import CancellationForm, FindForm
from apps.visits.models import EndReason, Visit
from apps.visits.queries.finding import free_slots
from apps.visits.refusals import HoldRunOut, NotBooked, ReasonMissing, SlotNotChosen


@require_safe
def visits(request: MemberRequest, slug: str) -> HttpResponse:
    """The visits to come of one's office, or of one's facility."""
    return listed(request, past=False)


@require_safe
def past(request: MemberRequest, slug: str) -> HttpResponse:
    """Those that are over."""
    return listed(request, past=True)


def listed(request: MemberRequest, *, past: bool) -> HttpResponse:
    member = request.member
    if not has_visits(member):
        raise NotAllowed
    days = queries.visits_of(member, past=past)
    context = {"days": days, "past": past, "can_arrange": can_arrange(member)}
    context["publishes"] = facilities_to_publish(member).exists()
    return render(request, "visits/visits.html", context)


@require_http_methods(["GET", "POST"])
def find(request: MemberRequest, slug: str) -> HttpResponse:
    """The next free times; what is looked for comes by POST, so that nobody's need stands in an address."""
    check_can_arrange(request.member)
    form = FindForm(request.POST if request.method == "POST" else {})
    found = queries.next_times(request.member, form.sought())
    template = "visits/_found.html" if request.htmx else "visits/find.html"
    return render(request, template, {"form": form, "found": found})


@require_safe
def visit(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    return shown(request, visit_for(request.member, visit_id))


def shown(request: MemberRequest, visit: Visit, status: int = 200, form: Any = None) -> HttpResponse:
    """One visit, with what can be done: book while it is held, cancel or move before it begins."""
    asks, changes = is_asking(request.member, visit), visit.is_booked and not visit.slot.has_begun
    reasons = [(one, EndReason(one).label) for one in reasons_of(request.member, visit)] if changes else []
    others = free_slots(request.member).filter(facility=visit.slot.facility_id).exclude(pk=visit.slot_id)
    context = {
        "visit": visit,
        "slot": visit.slot,
        "is_asking": asks,
        "cancellation": (form or CancellationForm(reasons=reasons)) if reasons else None,
        "others": list(others[:12]) if asks and changes else [],
    }
    return render(request, "visits/visit.html", context, status=status)


@require_POST
def booking(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Book what is held."""
    found = visit_for(request.member, visit_id)
    try:
        actions.book_visit(visit=found, by=request.member)
    except HoldRunOut as refusal:
        messages.error(request, refusal.said)
        return redirect("visits:slot", slug, found.slot_id)
    messages.success(request, _("Booked. The facility was told."))
    return redirect("visits:visit", slug, found.pk)


@require_POST
def release(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Give back a place before the five minutes are over."""
    actions.let_go(visit=visit_for(request.member, visit_id), by=request.member)
    messages.success(request, _("The place is free again."))
    return redirect("visits:find", slug)


@require_POST
def cancellation(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Cancel a booked visit, with the reason."""
    found, reason = visit_for(request.member, visit_id), request.POST.get("reason", "")
    try:
        actions.cancel_visit(visit=found, reason=reason, by=request.member)
    except (ReasonMissing, NotBooked) as refusal:
        messages.error(request, refusal.said)
        return shown(request, found, refusal.status)
    messages.success(request, _("Cancelled. The other side was told."))
    return redirect("visits:visits", slug)


@require_POST
def move(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Take a place at another time of the list instead of this one."""
    found = visit_for(request.member, visit_id)
    check_is_asking(request.member, found)
    to = slot_for(request.member, chosen(request))
    moved = actions.move_visit(visit=found, to=to, by=request.member)
    messages.success(request, _("Moved. The facility was told."))
    return redirect("visits:visit", slug, moved.pk)


def chosen(request: MemberRequest) -> UUID:
    """The id of the time that was ticked."""
    try:
        return UUID(request.POST.get("slot", ""))
    except ValueError as error:
        raise SlotNotChosen from error
