"""The school districts of the environment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.environments.requests import MemberRequest
from apps.facilities import actions, queries
from apps.facilities.access import check_can_keep_districts, district_for
from apps.facilities.forms import DistrictForm
from apps.facilities.models import SchoolDistrict
from apps.facilities.refusals import DistrictKnown
from apps.facilities.views.facilities import doors


@require_http_methods(["GET", "POST"])
def districts(request: MemberRequest, slug: str) -> HttpResponse:
    """The list, and a further one."""
    check_can_keep_districts(request.member)
    form = DistrictForm(request.POST or None)
    if form.is_valid() and kept(request, form):
        return redirect("facilities:districts", slug)
    context = {"form": form, "districts": queries.districts_with_facilities(), **doors(request)}
    return render(request, "facilities/districts.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def district(request: MemberRequest, slug: str, district_id: UUID) -> HttpResponse:
    """Another name, order or place."""
    found = district_for(request.member, district_id)
    names = ("name", "number", "latitude", "longitude")
    form = DistrictForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if form.is_valid() and kept(request, form, found):
        return redirect("facilities:districts", slug)
    context = {"form": form, "district": found}
    return render(request, "facilities/district.html", context, status=422 if form.is_bound else 200)


def kept(request: MemberRequest, form: DistrictForm, district: SchoolDistrict | None = None) -> bool:
    try:
        if district is None:
            actions.add_district(by=request.member, **form.cleaned_data)
        else:
            actions.change_district(district=district, by=request.member, **form.cleaned_data)
    except DistrictKnown as refusal:
        form.add_error("name", refusal.said)
        return False
    messages.success(request, _("Saved."))
    return True


@require_POST
def removal(request: MemberRequest, slug: str, district_id: UUID) -> HttpResponse:
    actions.remove_district(district=district_for(request.member, district_id), by=request.member)
    messages.success(request, _("The school district was taken out of the list."))
    return redirect("facilities:districts", slug)
