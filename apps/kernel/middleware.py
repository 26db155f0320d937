"""What stands around every request: refusals become answers, private pages stay out of caches."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import sync_and_async_middleware

from apps.kernel.refusals import Refusal


class RefusalMiddleware:
    """Turns a Refusal into its sentence: a whole page for a browser, a fragment for htmx."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return answer(request, exception)
        return None


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as this request can show it."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": refusal.code, "sentence": refusal.said}, status=refusal.status)
    fragment = bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "kernel/_refusal.html" if fragment else "kernel/refusal.html"
    response = render(request, template, {"refusal": refusal}, status=refusal.status)
    if fragment:
        # Said above the content; what was on the screen stays.
        response["HX-Retarget"] = "#announcements"
        response["HX-Reswap"] = "innerHTML"
    return response


@sync_and_async_middleware
def private_pages_stay_out_of_caches(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """No answer to somebody who is signed in is kept by a proxy or a browser (ASVS 14.3.2)."""

    def kept_out(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    if iscoroutinefunction(get_response):

        async def asynchronous(request: HttpRequest) -> HttpResponseBase:
            return kept_out(request, await get_response(request))

        return asynchronous

    def synchronous(request: HttpRequest) -> HttpResponseBase:
        return kept_out(request, get_response(request))

    return synchronous
