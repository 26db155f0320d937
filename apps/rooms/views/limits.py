"""How much an environment allows in its rooms."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.access import check_can_administer
from apps.environments.requests import MemberRequest
from apps.files.forms import FileLimitsForm
from apps.files.queries import limits_of as limits_of_files
from apps.rooms import actions, queries
from apps.rooms.forms import LimitsForm


@require_http_methods(["GET", "POST"])
def limits(request: MemberRequest, slug: str) -> HttpResponse:
    """For the environment's admin."""
    check_can_administer(request.member)
    sent = request.POST if request.method == "POST" else None
    form = LimitsForm(sent, instance=queries.limits_of(request.environment.pk))
    files = FileLimitsForm(sent, instance=limits_of_files(request.environment.pk))
    # Both are looked at, so that everything that needs attention is said at once.
    if form.is_valid() & files.is_valid():
        actions.set_all_limits(of_rooms=form.cleaned_data, of_files=files.cleaned_data, by=request.member)
        messages.success(request, _("The limits hold from now on."))
        return redirect("rooms:limits", slug=slug)
    context = {"form": form, "files": files}
    return render(request, "rooms/limits.html", context, status=422 if form.errors or files.errors else 200)
