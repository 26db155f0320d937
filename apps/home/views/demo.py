"""The page that lets anybody try the demonstration. It has no address elsewhere (apps/home/urls.py)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.home import demonstration


@login_not_required
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    shown = {
        "stands": demonstration.cast_of_demonstration(),
        "passphrase": demonstration.PASSPHRASE,
        "seconds": demonstration.seconds_left(),
    }
    return render(request, "home/_stands.html" if request.htmx else "home/demo.html", shown)  # type: ignore[attr-defined]
