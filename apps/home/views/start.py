"""The first page: it leads on to where a person works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.environments.queries import environments_of
from apps.home.returning import place_to_return_to


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    places = environments_of(request.user)  # type: ignore[arg-type]
    place = place_to_return_to(request, places)
    if place is not None:
        return redirect("home:today", slug=place.slug)
    if places:
        return redirect("environments:choose")
    return render(request, "home/nowhere.html")
