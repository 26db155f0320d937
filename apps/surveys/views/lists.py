"""What one's office is asked, and what one's organization asks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged
from apps.surveys import queries
from apps.surveys.access import can_make_surveys, check_can_make_surveys


@require_safe
def asked(request: MemberRequest, slug: str) -> HttpResponse:
    """What waits for an answer first."""
    page = paged(queries.asked_rows(request.member), request.GET.get("page"))
    return render(request, "surveys/asked.html", {"page": page, "can_make": can_make_surveys(request.member)})


@require_safe
def own(request: MemberRequest, slug: str) -> HttpResponse:
    """Drafts, open and closed ones, the newest first."""
    check_can_make_surveys(request.member)
    page = paged(queries.own_rows(request.member), request.GET.get("page"))
    return render(request, "surveys/own.html", {"page": page})
