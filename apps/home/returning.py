"""The environment a person was in last, remembered in a cookie so that reading a page writes no row."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.environments.queries import Place

COOKIE = "carenet_environment"
A_YEAR = 60 * 60 * 24 * 365


def place_to_return_to(request: HttpRequest, places: list[Place]) -> Place | None:
    """The place this browser was in last, or the only one; nothing when the person has to choose."""
    last = request.COOKIES.get(COOKIE)
    remembered = next((place for place in places if place.slug == last), None)
    if remembered is None and len(places) == 1:
        return places[0]
    return remembered


def remember(response: HttpResponse, slug: str) -> HttpResponse:
    """Lets this browser come back to the environment with `slug`."""
    response.set_cookie(
        COOKIE, slug, max_age=A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response
