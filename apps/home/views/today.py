"""What a member finds in the morning."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.home.queries import day_of
from apps.home.returning import remember


@require_safe
def today(request: MemberRequest, slug: str) -> HttpResponse:
    day = day_of(request.member)
    audit.looked(verb="home.today_opened", by=request.member, detail=day.shown)
    return remember(render(request, "home/today.html", {"day": day}), slug)
