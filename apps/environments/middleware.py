"""The fence: below /e/<slug>/ everything happens inside one environment, as one of its members."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from django_scopes import scope

from apps.audit.middleware import record_refusal
from apps.environments.access import environment_for
from apps.kernel.middleware import answer
from apps.kernel.refusals import NotHere

PREFIXES = ("/e/", "/api/v1/e/")


@sync_and_async_middleware
def fence(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Opens the environment named in the address for its members, and answers everybody else as if it did not exist."""
    if iscoroutinefunction(get_response):

        async def asynchronous(request: HttpRequest) -> HttpResponseBase:
            slug = slug_in(request.path)
            if slug is None or not request.user.is_authenticated:
                return await get_response(request)
            try:
                await sync_to_async(enter)(request, slug)
            except NotHere as refusal:
                return await sync_to_async(turned_away)(request, refusal)
            with scope(environment=request.environment):  # type: ignore[attr-defined]
                return await get_response(request)

        return asynchronous

    def synchronous(request: HttpRequest) -> HttpResponseBase:
        slug = slug_in(request.path)
        if slug is None or not request.user.is_authenticated:
            return get_response(request)
        try:
            enter(request, slug)
        except NotHere as refusal:
            return turned_away(request, refusal)
        with scope(environment=request.environment):  # type: ignore[attr-defined]
            return get_response(request)

    return synchronous


def slug_in(path: str) -> str | None:
    """The environment's slug in an address, or None where the address is outside every environment."""
    for prefix in PREFIXES:
        if path.startswith(prefix):
            return path.removeprefix(prefix).split("/", 1)[0]
    return None


def enter(request: HttpRequest, slug: str) -> None:
    request.environment, request.member = environment_for(request.user, slug)  # type: ignore[attr-defined,arg-type]


def turned_away(request: HttpRequest, refusal: NotHere) -> HttpResponseBase:
    record_refusal(request, refusal)
    return answer(request, refusal)
