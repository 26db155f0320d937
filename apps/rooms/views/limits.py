"""How much an environment allows in its rooms."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.access import check_can_administer
from apps.environments.requests import MemberRequest
from apps.rooms import actions, queries
from apps.rooms.forms import LimitsForm


@require_http_methods(["GET", "POST"])
def limits(request: MemberRequest, slug: str) -> HttpResponse:
    """For the environment's admin."""
    check_can_administer(request.member)
    present = queries.limits_of(request.environment.pk)
    form = LimitsForm(request.POST if request.method == "POST" else None, instance=present)
    if form.is_valid():
        actions.set_limits(by=request.member, **form.cleaned_data)
        messages.success(request, _("The limits hold from now on."))
        return redirect("rooms:limits", slug=slug)
    return render(request, "rooms/limits.html", {"form": form}, status=422 if form.errors else 200)
