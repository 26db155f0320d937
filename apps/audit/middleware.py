"""Every request tells the ledger where it came from, and every refusal is written down."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from apps.audit import actions as audit
from apps.audit.models import Channel
from apps.audit.origin import Origin, agent_hash, coming_from
from apps.kernel.refusals import Refusal


@sync_and_async_middleware
def origin(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Opens the request's origin for the time the request is answered."""
    if iscoroutinefunction(get_response):

        async def asynchronous(request: HttpRequest) -> HttpResponseBase:
            with coming_from(origin_of(request)):
                return await get_response(request)

        return asynchronous

    def synchronous(request: HttpRequest) -> HttpResponseBase:
        with coming_from(origin_of(request)):
            return get_response(request)

    return synchronous


def origin_of(request: HttpRequest) -> Origin:
    channel = Channel.API if request.path.startswith("/api/") else Channel.PAGE
    return Origin(
        channel=channel,
        address=request.META.get("REMOTE_ADDR") or None,
        agent=agent_hash(request.headers.get("User-Agent", "")),
    )


class RefusalsAreRecorded:
    """Writes a refused request into the ledger, then lets the refusal travel on to its answer."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, Refusal):
            record_refusal(request, exception)


def record_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """One entry per refusal: the door that was tried, by whom, and the code of the answer."""
    match = request.resolver_match
    by: Any = getattr(request, "member", None) or request.user
    audit.refused(verb=match.view_name if match and match.view_name else "unknown", refusal=refusal, by=by)
