"""What makes the site installable: manifest, service worker, offline page, and the small files browsers look for."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.home import installed

NOBODY = "User-agent: *\nDisallow: /\n"


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    content = installed.manifest(get_language() or "ja")
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    assets = [static(path) for path in installed.static_paths()]
    # The offline page is kept in the reader's language: another language is another version.
    kept = {"version": f"{installed.version()}-{get_language()}", "assets": assets}
    answer = render(request, "home/service_worker.js", {"kept": kept}, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    # Written without the request: what a browser keeps must be the same for everybody who uses it.
    return HttpResponse(render_to_string("home/offline.html"))


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(NOBODY, content_type="text/plain")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("kernel/icons/mark-32.png"))
