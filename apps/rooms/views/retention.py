"""How long an environment keeps deleted and earlier texts of its talk rooms."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.environments.access import check_can_administer
from apps.environments.requests import MemberRequest
from apps.rooms import actions, queries
from apps.rooms.retention_forms import RetentionForm


@require_http_methods(["GET", "POST"])
def retention(request: MemberRequest, slug: str) -> HttpResponse:
    """For the environment's admin: the years that hold, a form to say others, and what was said before."""
    check_can_administer(request.member)
    found = queries.retention_of(request.environment.pk)
    years = {"support_years": found.policy.support_years, "office_years": found.policy.office_years}
    form = RetentionForm(request.POST if request.method == "POST" else None, initial=years)
    if form.is_valid():
        actions.set_retention(**form.cleaned_data, by=request.member)
        messages.success(request, _("The retention time holds from now on."))
        return redirect("rooms:retention", slug=slug)
    context = {"form": form, "found": found}
    return render(request, "rooms/retention.html", context, status=422 if form.errors else 200)
