"""The calendar by day, by week and as a list."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.calendars import queries
from apps.calendars.access import accompanies, check_has_calendar, facilities_to_choose, facility_to_show
from apps.calendars.queries.periods import FIRST_DAY, LAST_DAY, Period, View
from apps.calendars.refusals import DayUnreadable
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotHere

# Each view with its key and its name.
VIEWS = (
    (View.DAY, "d", pgettext_lazy("calendar", "Day")),
    (View.WEEK, "w", _("Week")),
    (View.LIST, "l", pgettext_lazy("calendar", "List")),
)


@require_safe
def calendar(request: MemberRequest, slug: str) -> HttpResponse:
    """Visits and times of a day, a week or four weeks. Names that stand there are a look at these clients."""
    check_has_calendar(request.member)
    sought, today = sought_in(request), timezone.localdate()
    shown = queries.calendar_of(request.member, sought, today=today)
    if shown.clients:
        audit.looked(verb="calendars.shown", by=request.member, detail={"clients": shown.clients})
    choices = {"facilities": facilities_to_choose(request.member), "can_be_own": accompanies(request.member)}
    context = {"calendar": shown, "sought": sought, "period": sought.period, "views": VIEWS, **choices}
    return render(request, "calendars/calendar.html", {**context, "whose": request.GET.get("whose", "")})


def sought_in(request: MemberRequest) -> queries.Sought:
    """What the address asks for; without a word of it this week."""
    whose, view = request.GET.get("whose", ""), request.GET.get("view", "")
    period = Period(View(view) if view in list(View) else View.WEEK, day_in(request))
    if whose in {"", "own"}:
        return queries.Sought(period, is_own=bool(whose))
    try:
        facility_id = UUID(whose)
    except ValueError as error:
        raise NotHere from error
    return queries.Sought(period, facility=facility_to_show(request.member, facility_id))


def day_in(request: MemberRequest) -> date:
    asked = request.GET.get("on", "")
    try:
        day = date.fromisoformat(asked) if asked else timezone.localdate()
    except ValueError as error:
        raise DayUnreadable from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DayUnreadable
    return day
