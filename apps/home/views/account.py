"""One's own page: who one is here, where else one can go, and what keeps the account safe."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "home/me.html")
