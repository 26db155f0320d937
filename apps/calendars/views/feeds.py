"""One's secret address, what is read there, and a single visit as a file."""

from uuid import UUID

from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from apps.accounts import limits
from apps.accounts.refusals import LockedOut
from apps.audit import actions as audit
from apps.calendars import actions
from apps.calendars.access import check_has_calendar, environment_of_feed, feed_behind, feed_of, visits_of_feed
from apps.calendars.queries.files import KEPT, MOST_VISITS, file_of
from apps.calendars.refusals import FeedsGuessed
from apps.environments.models import Environment
from apps.environments.requests import MemberRequest
from apps.files.delivery import heads
from apps.kernel.print import qr_picture
from apps.visits.access import environment_of_key, visit_for, visit_of_key
from apps.visits.refusals import NotBooked

CALENDAR = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "POST"])
def settings_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Whether one has an address, and how one subscribes; a new one is shown this once."""
    check_has_calendar(request.member)
    code = actions.issue_feed(by=request.member) if request.method == "POST" else ""
    address = f"{settings.BASE_URL}{reverse('calendar_feed', args=[code])}" if code else ""
    phone = "webcal://" + address.partition("://")[2] if code else ""
    context = {
        "feed": feed_of(request.member),
        "address": address,
        "phone": phone,
        "qr": qr_picture(phone) if code else "",
    }
    return render(request, "calendars/feed.html", context)


@require_POST
def revocation(request: MemberRequest, slug: str) -> HttpResponse:
    """The address is dead at once."""
    check_has_calendar(request.member)
    actions.revoke_feed(by=request.member)
    messages.success(request, _("The address leads nowhere any more."))
    return redirect("calendars:feed", slug)


@login_not_required
@require_safe
def feed(request: HttpRequest, feed_code: str) -> HttpResponse:
    """What a phone or another calendar reads. A wrong, a revoked and a former member's address are answered as missing."""
    taken = counted(request)
    with scope(environment=Environment(pk=environment_of_feed(feed_code))):
        found, member = feed_behind(feed_code)
        taken.rollback()
        audit.looked(verb="calendars.feed_taken", by=member, subject=found)
        visits = visits_of_feed(member, timezone.now() - KEPT)[:MOST_VISITS]
        return handed(file_of(visits), "visits")


def counted(request: HttpRequest) -> RateLimitUsage:
    """One more try from this address; FeedsGuessed where there were too many."""
    try:
        return limits.take_try(request, action="feed")
    except LockedOut as refusal:
        raise FeedsGuessed(time=refusal.words["time"]) from refusal


@require_safe
def file(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """One booked, or cancelled, visit for one's own calendar."""
    visit = visit_for(request.member, visit_id)
    if visit.booked_at is None:
        raise NotBooked(subject=visit)
    audit.record(verb="calendars.file_taken", by=request.member, subject=visit, client=visit.client_id)
    return handed(file_of([visit]), "visit")


@login_not_required
@require_safe
def family_file(request: HttpRequest, key: str) -> HttpResponse:
    """The same for whoever holds the family's slip."""
    taken = counted(request)
    with scope(environment=Environment(pk=environment_of_key(key))):
        visit = visit_of_key(key)
        taken.rollback()
        audit.record(verb="calendars.file_taken", by=None, subject=visit, client=visit.client_id, purpose="family")
        return handed(file_of([visit], links=False), "visit")


def handed(content: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}.ics"'
    return HttpResponse(content, CALENDAR, headers={"Content-Disposition": disposition, **heads(CALENDAR)})
