"""The door behind the QR code of a sheet, for whoever holds it, without an account; whoever asks says what stands there."""

from allauth.core.internal.ratelimit import RateLimitUsage
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from django_scopes import scope

from apps.accounts import limits
from apps.accounts.refusals import LockedOut
from apps.environments.models import Environment
from apps.kernel.refusals import Refusal
from apps.paper.access import environment_of_code, sheet_in_hand
from apps.paper.asking import asking
from apps.paper.refusals import CodesGuessed


@login_not_required
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Answer by the code of a sheet. Codes that lead nowhere are counted; one that leads somewhere is not."""
    try:
        taken = counted(request)
        with scope(environment=Environment(pk=environment_of_code(code))):
            sheet = sheet_in_hand(code)
            taken.rollback()
            return asking.at_the_door(request, sheet)
    except Refusal as refusal:
        return render(request, "paper/door_closed.html", {"refusal": refusal}, status=refusal.status)


def counted(request: HttpRequest) -> RateLimitUsage:
    """One more try from this address; CodesGuessed where there were too many."""
    try:
        return limits.take_try(request, action="sheet")
    except LockedOut as refusal:
        raise CodesGuessed(time=refusal.words["time"]) from refusal
