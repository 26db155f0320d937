"""Picking an office or a municipality on another page: cards for htmx, and a page of its own without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.directory.forms import Picking
from apps.directory.queries import Choices, municipality_choices, office_choices


@require_safe
def pick_office(request: HttpRequest, slug: str) -> HttpResponse:
    """Radio cards named `office`, or as `?name=` says; checkboxes with `?many=1`."""
    asked = Picking(request.GET)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    choices = office_choices(wanted["q"], wanted["kind"], wanted["municipality"]) if wanted else None
    return picker(request, asked, choices, name="office", heading=_("Choose an office"))


@require_safe
def pick_municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Radio cards named `municipality`, or as `?name=` says."""
    asked = Picking(request.GET)
    choices = municipality_choices(asked.cleaned_data["q"]) if asked.is_valid() else None
    return picker(request, asked, choices, name="municipality", heading=_("Choose a municipality"))


def picker(request: HttpRequest, asked: Picking, choices: Choices | None, *, name: str, heading: str) -> HttpResponse:
    wanted = asked.cleaned_data
    context = {
        "asked": asked,
        "choices": choices,
        "heading": heading,
        "name": wanted.get("name") or name,
        "many": wanted.get("many", False),
        "back": local(wanted.get("back", "")),
    }
    template = "directory/_choices.html" if request.htmx else "directory/pick.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422 if choices is None else 200)


def local(address: str) -> str:
    """The address to return to, only when it is a path of this site."""
    here = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if here else ""
