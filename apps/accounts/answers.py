"""How a request that may not go on is answered: a person is sent where they can put it right, a program is told."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from apps.kernel.refusals import Refusal

# Sent with requests that a page makes by itself: they keep nobody's session awake.
BACKGROUND = "X-Carenet-Background"


def sent_elsewhere(request: HttpRequest, refusal: Refusal, *, to: str) -> HttpResponseBase:
    """JSON with a sentence for a program, HX-Redirect for htmx, a redirect that comes back here for a page."""
    if request.path.startswith("/api/") or wants_json(request):
        answer: HttpResponse = JsonResponse({"code": refusal.code, "sentence": refusal.said}, status=refusal.status)
        if refusal.status == 401:
            answer["WWW-Authenticate"] = "Bearer"
        return answer
    target = f"{resolve_url(to)}?{urlencode({'next': came_from(request)})}"
    if "HX-Request" in request.headers:
        return HttpResponse(refusal.said, status=refusal.status, headers={"HX-Redirect": target})
    if is_background(request):
        return HttpResponse(refusal.said, status=refusal.status, content_type="text/plain; charset=utf-8")
    return HttpResponseRedirect(target)


def came_from(request: HttpRequest) -> str:
    """The page to come back to: what was asked for, or the page that asked."""
    if "HX-Request" in request.headers:
        return path_here(request, request.headers.get("HX-Current-URL", ""))
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return path_here(request, request.headers.get("Referer", ""))


def path_here(request: HttpRequest, address: str) -> str:
    """The path of an address of this site; the start page for any other."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def next_page(request: HttpRequest, default: str = "/") -> str:
    """Where a form that was sent with `next` leads afterwards; never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return default


def is_background(request: HttpRequest) -> bool:
    return request.headers.get(BACKGROUND) == "1"


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
