"""The bodies that take part: the list, adding one by hand, adding offices of the directory."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.environments import actions, queries
from apps.environments.access import can_administer, check_can_administer, organizations_visible_to
from apps.environments.forms import OfficesForm, OrganizationForm, SearchForm, ticked_offices
from apps.environments.refusals import NameTaken
from apps.environments.requests import MemberRequest


@require_safe
def organizations(request: MemberRequest, slug: str) -> HttpResponse:
    rows = queries.organizations_with_members(organizations_visible_to(request.member))
    context = {"organizations": rows, "can_administer": can_administer(request.member)}
    return render(request, "environments/organizations.html", context)


@require_http_methods(["GET", "POST"])
def new_organization(request: MemberRequest, slug: str) -> HttpResponse:
    """A body that no official list names, such as a family or a division of the city."""
    check_can_administer(request.member)
    form = OrganizationForm(request.POST or None)
    if form.is_valid() and added(request, form):
        return redirect("environments:organizations", slug=slug)
    return render(request, "environments/new_organization.html", {"form": form}, status=422 if form.is_bound else 200)


def added(request: MemberRequest, form: OrganizationForm) -> bool:
    try:
        actions.add_organization(environment=request.environment, by=request.member, **form.cleaned_data)
    except NameTaken as refusal:
        form.add_error("name", refusal.said)
    return form.is_valid()


@require_http_methods(["GET", "POST"])
def offices(request: MemberRequest, slug: str) -> HttpResponse:
    """Offices of the directory: search, tick, add."""
    check_can_administer(request.member)
    if request.method == "GET" or "find" in request.POST or request.htmx:
        template = "environments/_offices.html" if request.htmx else "environments/add_offices.html"
        return render(request, template, picks(request))
    form = OfficesForm(request.POST)
    if form.is_valid() and taken_in(request, form):
        return redirect("environments:organizations", slug=slug)
    return render(request, "environments/add_offices.html", picks(request) | {"form": form}, status=422)


def taken_in(request: MemberRequest, form: OfficesForm) -> bool:
    chosen = list(form.cleaned_data["offices"])
    try:
        actions.take_in_offices(offices=chosen, environment=request.environment, by=request.member)
    except NameTaken as refusal:
        form.add_error("offices", refusal.said)
    else:
        said = ngettext("%(count)s organization was added.", "%(count)s organizations were added.", len(chosen))
        messages.success(request, said % {"count": len(chosen)})
    return form.is_valid()


def picks(request: MemberRequest) -> dict[str, Any]:
    form = SearchForm({"q": request.POST.get("look", "")})
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    ticked = ticked_offices(request.POST)
    here = queries.offices_inside()
    found = queries.offices_to_pick(municipality=request.environment.municipality, typed=typed, but=[*ticked, *here])
    return {"looked": typed, "ticked": queries.picks_of(ticked), "found": found}
