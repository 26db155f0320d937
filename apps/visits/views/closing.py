"""The days on which a facility receives nobody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from apps.environments.requests import MemberRequest
from apps.facilities.access import facility_for
from apps.facilities.models import Facility
from apps.visits import actions, queries
from apps.visits.access import check_can_publish
from apps.visits.forms import ClosingForm, OpeningDayForm
from apps.visits.refusals import DayClosedAlready, DayInThePast


@require_http_methods(["GET", "POST"])
def closed(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """The closed days to come, and one more: first it is shown whom it concerns, then it is closed."""
    facility = facility_for(request.member, facility_id)
    check_can_publish(request.member, facility)
    form = ClosingForm(request.POST or None)
    if not form.is_valid():
        return shown(request, facility, form, 422 if form.is_bound else 200)
    if "confirmed" not in request.POST:
        return shown(
            request, facility, form, affected=queries.affected_by(request.member, facility, form.cleaned_data["day"])
        )
    return closing(request, facility, form)


def shown(
    request: MemberRequest, facility: Facility, form: ClosingForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"facility": facility, "form": form, "closed": queries.closed_days_of(facility), **more}
    return render(request, "visits/closed.html", context, status=status)


def closing(request: MemberRequest, facility: Facility, form: ClosingForm) -> HttpResponse:
    try:
        ended = actions.close_day(facility=facility, by=request.member, **form.cleaned_data)
    except (DayClosedAlready, DayInThePast) as refusal:
        form.add_error("day", refusal.said)
        return shown(request, facility, form, refusal.status)
    said = ngettext(
        "Closed. The office of %(count)s booked visit was told.",
        "Closed. The offices of %(count)s booked visits were told.",
        len(ended),
    )
    messages.success(request, said % {"count": len(ended)} if ended else _("Closed. Nobody had booked that day."))
    return redirect("visits:closed", request.environment.slug, facility.pk)


@require_POST
def reopening(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """Receive on that day again."""
    facility = facility_for(request.member, facility_id)
    check_can_publish(request.member, facility)
    form = OpeningDayForm(request.POST)
    if not form.is_valid():
        return shown(request, facility, ClosingForm(), 422)
    actions.open_day(facility=facility, day=form.cleaned_data["day"], by=request.member)
    messages.success(request, _("Open again. Publish its times anew."))
    return redirect("visits:closed", slug, facility.pk)
