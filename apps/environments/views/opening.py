"""Building a new environment: one page, under a minute, all of it or nothing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.directory.models import Municipality
from apps.environments import actions, queries
from apps.environments.forms import EnvironmentForm, ticked_offices
from apps.environments.paper import sealed_slips
from apps.environments.refusals import LoginIdTaken, NameTaken, SlugTaken
from apps.environments.requests import PersonRequest
from apps.environments.suggestions import login_ids_suggested, slug_suggested
from apps.environments.views.guards import operators_only

FIELD_OF = {SlugTaken: "slug", LoginIdTaken: "admin_login_id", NameTaken: "offices"}


@require_http_methods(["GET", "POST"])
@operators_only
def new(request: PersonRequest) -> HttpResponse:
    """First the municipality, then everything else with suggestions filled in."""
    municipality = Municipality.objects.filter(pk=asked(request, "municipality")[:6]).first()
    if municipality is None:
        return render(request, "environments/new_where.html", found_municipalities(request))
    form = EnvironmentForm(request.POST or None, initial=suggested(municipality))
    if "find" in request.POST or not form.is_bound:
        return render(request, "environments/new.html", page_of(request, unjudged(form), municipality))
    issued = built(form, request) if form.is_valid() else None
    if issued is None:
        return render(request, "environments/new.html", page_of(request, form, municipality), status=422)
    context = {"issued": issued, "sealed": sealed_slips([issued], by=request.user)}
    return render(request, "environments/built.html", context, status=201)


@require_safe
@operators_only
def municipalities(request: PersonRequest) -> HttpResponse:
    """What the search for a municipality shows while somebody types."""
    return render(request, "environments/_municipalities.html", found_municipalities(request))


@require_POST
@operators_only
def offices(request: PersonRequest) -> HttpResponse:
    """What the search for offices shows while somebody types; the ticked ones stay."""
    municipality = Municipality.objects.filter(pk=asked(request, "municipality")[:6]).first()
    return render(request, "environments/_offices.html", picks(request, municipality))


def found_municipalities(request: PersonRequest) -> dict[str, Any]:
    typed = asked(request, "q")
    return {"typed": typed, "found": queries.municipalities_to_pick(typed)}


def suggested(municipality: Municipality) -> dict[str, Any]:
    slug = slug_suggested(municipality)
    return {
        "municipality": municipality.pk,
        "name": _("%(municipality)s care network") % {"municipality": municipality.name},
        "slug": slug,
        "admin_login_id": next(login_ids_suggested(slug)),
    }


def unjudged(form: EnvironmentForm) -> EnvironmentForm:
    """The form with what was typed so far, before anybody asks whether it is complete."""
    if not form.is_bound:
        return form
    again = EnvironmentForm(initial={**form.initial, **{name: form.data[name] for name in form.data}})
    again.data = form.data
    return again


def page_of(request: PersonRequest, form: EnvironmentForm, municipality: Municipality) -> dict[str, Any]:
    return {"form": form, "municipality": municipality, **picks(request, municipality)}


def picks(request: PersonRequest, municipality: Municipality | None) -> dict[str, Any]:
    typed, ticked = asked(request, "look"), ticked_offices(request.POST)
    found = queries.offices_to_pick(municipality=municipality, typed=typed, but=ticked) if municipality else []
    return {"looked": typed, "ticked": queries.picks_of(ticked), "found": found}


def built(form: EnvironmentForm, request: PersonRequest) -> actions.Issued | None:
    """The new environment's first slip, or nothing when a refusal has become an error of the form."""
    given = form.cleaned_data
    admin = {
        name.removeprefix("admin_"): given[name] for name in ("division", "admin_name", "admin_kana", "admin_login_id")
    }
    try:
        return actions.build_environment(
            slug=given["slug"],
            name=given["name"],
            municipality=given["municipality"],
            admin=actions.FirstAdmin(**admin),
            offices=given["offices"],
            by=request.user,
        )
    except tuple(FIELD_OF) as refusal:
        form.add_error(FIELD_OF[type(refusal)], refusal.said)
        return None


def asked(request: PersonRequest, name: str) -> str:
    return str(request.POST.get(name) or request.GET.get(name) or "").strip()[:100]
