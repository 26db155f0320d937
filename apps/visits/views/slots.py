"""Visiting times: those of a facility, publishing them, one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.facilities.access import answers_by_proxy, facility_for
from apps.facilities.models import Facility
from apps.kernel.refusals import Refusal
from apps.visits import actions, queries
from apps.visits.access import (
    can_arrange,
    can_exceed,
    can_publish,
    check_can_arrange,
    check_can_publish,
    slot_for,
    visits_visible_to,
)
from apps.visits.forms import BeyondForm, CapacityForm, HoldForm, PublishForm, WithdrawalForm
from apps.visits.models import Slot
from apps.visits.refusals import NeedNamesTheClient, SlotClosed, SlotTaken, TooManyHolds
from apps.visits.views.finding import client_of


@require_safe
def facilities(request: MemberRequest, slug: str) -> HttpResponse:
    """The facilities for which one publishes visiting times."""
    found = queries.facilities_of(request.member)
    return render(request, "visits/facilities.html", {"facilities": found})


@require_safe
def slots(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """The times of a facility to come, day by day. A page that stands open asks every few seconds what is new."""
    facility = facility_for(request.member, facility_id)
    days = queries.days_of(request.member, facility)
    stamp = queries.stamp_of_days(days)
    if request.htmx and request.GET.get("known") == stamp:
        return HttpResponse(status=204)
    context = {"days": days, "stamp": stamp, **around(request, facility)}
    return render(request, "visits/_slots.html" if request.htmx else "visits/slots.html", context)


def around(request: MemberRequest, facility: Facility) -> dict[str, Any]:
    member = request.member
    return {
        "facility": facility,
        "can_publish": can_publish(member, facility) and not facility.is_closed,
        "is_proxy": answers_by_proxy(member, facility),
        "can_propose": can_arrange(member) and not facility.is_closed,
    }


@require_http_methods(["GET", "POST"])
def publish(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """A new time, once or week by week."""
    facility = facility_for(request.member, facility_id)
    check_can_publish(request.member, facility)
    form = PublishForm(request.POST or None)
    if form.is_valid():
        try:
            return published(request, facility, form)
        except Refusal as refusal:
            form.add_error(None, refusal.said)
    context = {"form": form, **around(request, facility)}
    return render(request, "visits/publish.html", context, status=422 if form.is_bound else 200)


def published(request: MemberRequest, facility: Facility, form: PublishForm) -> HttpResponse:
    made = actions.publish_slots(facility=facility, plan=form.plan(), by=request.member)
    said = ngettext("%(count)s visiting time was published.", "%(count)s visiting times were published.", len(made))
    messages.success(request, said % {"count": len(made)})
    return redirect("visits:slots", request.environment.slug, facility.pk)


@require_safe
def slot(request: MemberRequest, slug: str, slot_id: UUID) -> HttpResponse:
    """One time: for the desk to hold a place, for the facility to change it."""
    return shown(request, slot_for(request.member, slot_id))


def shown(request: MemberRequest, slot: Slot, status: int = 200, **forms: Any) -> HttpResponse:
    context = {**page_of(request.member, slot), **forms}
    asked = context["hold"]
    if asked.is_bound and context["beyond"] is not None and not context["beyond"].is_bound:
        # Whoever was told that it is full goes on with what they had typed.
        context["beyond"] = BeyondForm(initial={name: asked.data.get(name, "") for name in asked.fields})
    return render(request, "visits/slot.html", context, status=status)


def page_of(member: Member, slot: Slot) -> dict[str, Any]:
    """The time with its visits, other times where it is full, and the forms of what this member may do."""
    found = Slot.objects.with_taken().select_related("facility__kind").get(pk=slot.pk)
    seen = visits_visible_to(member).filter(slot=slot, ended_at=None, booked_at__isnull=False)
    return {
        "slot": found,
        "visits": list(seen.select_related("held_by__organization")),
        "others": queries.alternatives(member, found),
        "is_free": found.takes_bookings and found.taken < found.capacity,
        "can_hold": can_arrange(member),
        "can_change": can_publish(member, found.facility)
        and found.asked_in_id is None
        and not found.is_withdrawn
        and not found.has_begun,
        "hold": HoldForm(),
        "beyond": BeyondForm()
        if can_exceed(member, found.facility) and found.takes_bookings and found.asked_in_id is None
        else None,
        "capacity": CapacityForm(initial={"capacity": found.capacity}),
        "withdrawal": WithdrawalForm(),
    }


@require_POST
def hold(request: MemberRequest, slug: str, slot_id: UUID) -> HttpResponse:
    """Hold a place for five minutes."""
    found, form = slot_for(request.member, slot_id), HoldForm(request.POST)
    check_can_arrange(request.member, found)
    if not form.is_valid():
        return shown(request, found, 422, hold=form)
    sent = {**form.cleaned_data, "client": client_of(request.member, str(form.cleaned_data["client"] or ""))}
    try:
        held = actions.hold_place(slot=found, by=request.member, **sent)
    except (SlotTaken, SlotClosed, TooManyHolds, NeedNamesTheClient) as refusal:
        form.add_error(None, refusal.said)
        return shown(request, found, refusal.status, hold=form)
    return redirect("visits:visit", slug, held.pk)


@require_POST
def capacity(request: MemberRequest, slug: str, slot_id: UUID) -> HttpResponse:
    """For how many families the time is."""
    found, form = slot_for(request.member, slot_id), CapacityForm(request.POST)
    check_can_publish(request.member, found.facility)
    if form.is_valid():
        try:
            actions.change_capacity(slot=found, by=request.member, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("visits:slot", slug, found.pk)
        except Refusal as refusal:
            form.add_error("capacity", refusal.said)
    return shown(request, found, 422, capacity=form)


@require_POST
def withdrawal(request: MemberRequest, slug: str, slot_id: UUID) -> HttpResponse:
    """Take the time back; whoever has booked it is told."""
    found, form = slot_for(request.member, slot_id), WithdrawalForm(request.POST)
    check_can_publish(request.member, found.facility)
    if not form.is_valid():
        return shown(request, found, 422, withdrawal=form)
    ended = actions.withdraw_slot(slot=found, by=request.member, **form.cleaned_data)
    said = ngettext(
        "Withdrawn. The office of %(count)s booked visit was told.",
        "Withdrawn. The offices of %(count)s booked visits were told.",
        len(ended),
    )
    messages.success(request, said % {"count": len(ended)} if ended else _("Withdrawn. Nobody had booked it."))
    return redirect("visits:slots", slug, found.facility_id)
