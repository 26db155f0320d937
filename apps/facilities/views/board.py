"""The board of free places, the same on paper, and who is shown it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.requests import MemberRequest
from apps.facilities import actions, papers, queries
from apps.facilities.access import check_can_keep_districts, sees_board, shown_to
from apps.facilities.forms import BoardForm, PublicationForm
from apps.facilities.models import Shown
from apps.facilities.views.facilities import doors
from apps.files.delivery import delivered

ROWS = 30


@require_http_methods(["GET", "POST"])
def board(request: MemberRequest, slug: str) -> HttpResponse:
    """Newest answers; what is looked for comes by POST, so that nobody's need stands in an address.

    A page that stands open asks every few seconds, and is told when nothing is new.
    """
    found = looked_for(request)
    if request.htmx and request.POST.get("known") == found["board"].stamp:
        return HttpResponse(status=204)
    return render(request, "facilities/_board.html" if request.htmx else "facilities/board.html", found)


def looked_for(request: MemberRequest) -> dict[str, Any]:
    form = BoardForm(request.POST if request.method == "POST" else {})
    found = queries.board(request.member, form.wanted())
    page = Paginator(found.rows, ROWS).get_page(request.POST.get("page"))
    around = {"sees_others": sees_board(request.member), "now": timezone.now(), **doors(request)}
    return {"form": form, "wanted": form.wanted(), "board": found, "page": page, **around}


@require_http_methods(["GET", "POST"])
def paper(request: MemberRequest, slug: str) -> HttpResponse:
    """All that was found, on A4."""
    content = papers.board_pdf(looked_for(request)["board"], request.environment.name)
    return delivered(content, "application/pdf", "board")


@require_http_methods(["GET", "POST"])
def publication(request: MemberRequest, slug: str) -> HttpResponse:
    """Who is shown the board."""
    check_can_keep_districts(request.member)
    form = PublicationForm(request.POST or None, initial={"shown_to": shown_to()})
    if form.is_valid():
        actions.publish_board(shown_to=Shown(form.cleaned_data["shown_to"]), by=request.member)
        messages.success(request, _("Saved."))
        return redirect("facilities:board", slug)
    return render(request, "facilities/publication.html", {"form": form}, status=422 if form.is_bound else 200)
