"""Visits: the list, one that is held or booked, and what can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotAllowed
from apps.visits import actions, queries
from apps.visits.access import (
    can_arrange,
    check_is_asking,
    facilities_to_publish,
    has_visits,
    slot_for,
    visit_for,
)
from apps.visits.forms import AgreementForm
from apps.visits.models import Visit
from apps.visits.refusals import AgreementIncomplete, HoldRunOut, NotBooked, NotIntroduced, ReasonMissing, SlotNotChosen
from apps.visits.views.shown import agreement_of, page_of


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
    if named := queries.clients_named(days):
        audit.looked(verb="visits.listed", by=member, detail={"clients": named})
    context = {"days": days, "past": past, "can_arrange": can_arrange(member)}
    context["waiting"] = queries.waiting_for(member)
    context["publishes"] = facilities_to_publish(member).exists()
    return render(request, "visits/visits.html", context)


@require_safe
def visit(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    return shown(request, visit_for(request.member, visit_id))


def shown(request: MemberRequest, visit: Visit, status: int = 200, **forms: Any) -> HttpResponse:
    return render(request, "visits/visit.html", {**page_of(request.member, visit), **forms}, status=status)


@require_POST
def booking(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Book what is held; where the family has agreed, the facility is told who comes."""
    found = visit_for(request.member, visit_id)
    form = agreement_of(request.member, found, request.POST) if request.POST.get("is_agreed") else None
    if form is not None and not form.is_valid():
        return shown(request, found, 422, agreement=form)
    try:
        return booked(request, found, form)
    except HoldRunOut as refusal:
        messages.error(request, refusal.said)
        return redirect("visits:slot", slug, found.slot_id)


def booked(request: MemberRequest, visit: Visit, form: AgreementForm | None) -> HttpResponse:
    try:
        actions.book_visit(visit=visit, agreed=form.agreed() if form is not None else None, by=request.member)
    except AgreementIncomplete as refusal:
        messages.error(request, refusal.said)
        return shown(request, visit, refusal.status, agreement=form)
    messages.success(request, _("Booked. The facility was told."))
    return redirect("visits:visit", request.environment.slug, visit.pk)


@require_POST
def opening(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """The facility looks behind the card."""
    found = visit_for(request.member, visit_id)
    try:
        actions.open_booking(visit=found, by=request.member)
    except NotIntroduced as refusal:
        messages.error(request, refusal.said)
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
