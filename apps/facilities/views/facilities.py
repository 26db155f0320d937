"""The facilities of the environment: the list, adding them, one of them, changing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.environments.requests import MemberRequest
from apps.facilities import actions, queries
from apps.facilities.access import (
    can_answer,
    can_keep,
    can_keep_districts,
    can_see_answers,
    check_can_keep,
    facility_for,
)
from apps.facilities.forms import FacilityForm, ServicesForm
from apps.facilities.models import Facility
from apps.facilities.refusals import FacilityKnown
from apps.kernel.refusals import Refusal


def doors(request: MemberRequest) -> dict[str, Any]:
    """What the head and the tabs of every page here need."""
    member = request.member
    return {"can_keep": can_keep(member), "can_keep_districts": can_keep_districts(member)}


@require_http_methods(["GET", "POST"])
def facilities(request: MemberRequest, slug: str) -> HttpResponse:
    """All of them, or those that hold the typed words."""
    typed, closed = request.POST.get("q", "")[:100], "closed" in request.POST
    rows = queries.facilities_found(request.member, typed, closed=closed)
    context = {"rows": rows, "typed": typed, "closed": closed, **doors(request)}
    return render(request, "facilities/_facilities.html" if request.htmx else "facilities/facilities.html", context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """A facility that the directory does not know."""
    check_can_keep(request.member)
    form = FacilityForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.register_by_hand(by=request.member, **form.told())
            return redirect("facilities:facility", slug, made.pk)
        except FacilityKnown as refusal:
            form.add_error("name", refusal.said)
    return render(request, "facilities/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def from_directory(request: MemberRequest, slug: str) -> HttpResponse:
    """Services of a kind in a municipality: look, tick, add."""
    check_can_keep(request.member)
    form = ServicesForm(request.POST or None, here=request.environment.municipality)
    adds = form.is_bound and "find" not in request.POST and form.is_valid()
    if adds and form.cleaned_data["services"]:
        return taken_in(request, form)
    if adds:
        form.add_error(None, _("Please tick at least one facility."))
    found, status = found_services(request, form), 422 if adds or (form.is_bound and not form.is_valid()) else 200
    return render(request, "facilities/from_directory.html", {"form": form, "found": found}, status=status)


def found_services(request: MemberRequest, form: ServicesForm) -> Any:
    here = request.environment.municipality
    if not form.is_bound:
        form = ServicesForm({}, here=here)
    place = (form.cleaned_data.get("municipality") if form.is_valid() else None) or here
    return queries.services_to_pick(municipality=place, kinds=form.kinds())


def taken_in(request: MemberRequest, form: ServicesForm) -> HttpResponse:
    made = actions.register_from_directory(services=form.cleaned_data["services"], by=request.member)
    said = ngettext("%(count)s facility was added.", "%(count)s facilities were added.", len(made))
    messages.success(request, said % {"count": len(made)})
    return redirect("facilities:facilities", request.environment.slug)


@require_safe
def facility(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    found = facility_for(request.member, facility_id)
    return render(request, "facilities/facility.html", page_of(request, found))


def page_of(request: MemberRequest, facility: Facility) -> dict[str, Any]:
    member = request.member
    return {
        "facility": facility,
        "districts": list(facility.districts.all()),
        "answer": queries.newest_answer(member, facility),
        "history": queries.history_of(member, facility),
        "can_see": can_see_answers(member, facility),
        "can_answer": can_answer(member, facility) and not facility.is_closed,
        **doors(request),
    }


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """What is known of it, said anew."""
    check_can_keep(request.member)
    found = facility_for(request.member, facility_id)
    form = FacilityForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            actions.change_facility(facility=found, by=request.member, **form.told())
            messages.success(request, _("Saved."))
            return redirect("facilities:facility", slug, found.pk)
        except Refusal as refusal:
            form.add_error("name", refusal.said)
    context = {"form": form, "facility": found}
    return render(request, "facilities/change.html", context, status=422 if form.is_bound else 200)
