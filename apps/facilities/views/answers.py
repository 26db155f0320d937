"""A facility says what is free, or that nothing has changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.environments.requests import MemberRequest
from apps.facilities import actions, queries
from apps.facilities.access import answers_by_proxy, check_can_answer, facility_for
from apps.facilities.forms import AvailabilityForm
from apps.kernel.refusals import Refusal


@require_http_methods(["GET", "POST"])
def availability(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """The form, filled in with what was answered the last time."""
    facility = facility_for(request.member, facility_id)
    check_can_answer(request.member, facility)
    newest = queries.newest_answer(request.member, facility)
    last = None if newest is None else newest.stated
    form = AvailabilityForm(request.POST or None, last=last, ages=facility.age_groups)
    if form.is_valid() and stated(request, facility, form):
        return redirect("facilities:facility", slug, facility.pk)
    context = {"facility": facility, "form": form, "is_proxy": answers_by_proxy(request.member, facility)}
    return render(request, "facilities/availability.html", context, status=422 if form.is_bound else 200)


def stated(request: MemberRequest, facility: object, form: AvailabilityForm) -> bool:
    try:
        actions.state_availability(facility=facility, stated=form.stated, by=request.member)  # type: ignore[arg-type]
    except Refusal as refusal:
        form.add_error(None, refusal.said)
        return False
    messages.success(request, _("Thank you. The answer of today stands on the board."))
    return True


@require_POST
def confirmation(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """Nothing has changed: one press, from the board or from the facility's page."""
    facility = facility_for(request.member, facility_id)
    answer = actions.confirm_again(facility=facility, by=request.member)
    if request.htmx:
        return render(request, "facilities/_confirmed.html", {"answer": answer})
    messages.success(request, _("Thank you. The answer of today stands on the board."))
    return redirect("facilities:facility", slug, facility.pk)
