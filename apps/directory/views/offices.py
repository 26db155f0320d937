"""Finding an office, and everything the lists say of it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.directory.access import office_for
from apps.directory.forms import OfficeSearch
from apps.directory.queries import as_of, editions, has_offices, offices_found, offices_shown
from apps.directory.sources import ATTRIBUTIONS

PAGE = 20


@require_safe
def offices(request: HttpRequest, slug: str) -> HttpResponse:
    """Offices found by name, reading, number, kind and municipality; at first those of the environment's own, if any."""
    here = request.environment.municipality  # type: ignore[attr-defined]
    search = OfficeSearch(request.GET or {"municipality": here.pk if has_offices(here) else ""}, here=here)
    page = found_page(request, search) if search.is_valid() else None
    sources = [(edition.as_of, ATTRIBUTIONS[edition.system]) for edition in editions()]
    swapped = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "directory/_results.html" if swapped else "directory/offices.html"
    # A page without offices is a good answer too; `page` is None only where the search was not understood.
    status = 422 if page is None else 200
    return render(request, template, {"search": search, "page": page, "sources": sources}, status=status)


def found_page(request: HttpRequest, search: OfficeSearch) -> Any:
    wanted = search.cleaned_data
    found = offices_found(wanted["q"], wanted["kind"], wanted["municipality"])
    return Paginator(offices_shown(found), PAGE).get_page(request.GET.get("page"))


@require_safe
def office(request: HttpRequest, slug: str, office_id: UUID) -> HttpResponse:
    shown = office_for(office_id)
    context = {"office": shown, "as_of": as_of(shown), "source": ATTRIBUTIONS[shown.system]}
    return render(request, "directory/office.html", context)
