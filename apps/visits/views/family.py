"""The family's side: what they are shown at the counter, their slip, and the door behind its QR code."""

from uuid import UUID

from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from apps.accounts import limits
from apps.accounts.refusals import LockedOut
from apps.audit import actions as audit
from apps.environments.models import Environment
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.kernel.refusals import Refusal
from apps.visits import actions, queries
from apps.visits.access import check_is_asking, environment_of_key, key_of, visit_for, visit_of_key
from apps.visits.models import Slot, Visit
from apps.visits.printing import slip_pdf
from apps.visits.refusals import KeysGuessed, NotBooked, NotOfferedHere, SlotClosed, SlotTaken, VisitOver


@require_safe
def family(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """When and where, in large type, for the other side of the counter; nothing of anybody."""
    visit = visit_for(request.member, visit_id)
    check_is_asking(request.member, visit)
    return render(request, "visits/family.html", {"visit": visit, "slot": visit.slot})


@require_safe
def slip(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """What the family takes home: on A5, or on A4."""
    visit = visit_for(request.member, visit_id)
    check_is_asking(request.member, visit)
    if not visit.is_booked:
        raise NotBooked(subject=visit)
    address = f"{settings.BASE_URL}{reverse('visit_door', args=[key_of(visit).code])}"
    content = slip_pdf(visit, address=address, size="a4" if request.GET.get("size") == "a4" else "a5")
    audit.record(verb="visits.slip_printed", by=request.member, subject=visit, client=visit.client_id)
    return delivered(content, "application/pdf", "visit")


@login_not_required
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, key: str) -> HttpResponse:
    """See the visit, choose another time, cancel. Keys that lead nowhere are counted; one that leads somewhere is not."""
    try:
        taken = counted(request)
        with scope(environment=Environment(pk=environment_of_key(key))):
            taken.rollback()
            return changed(request, key) if request.method == "POST" else at_the_door(request, key)
    except Refusal as refusal:
        return render(request, "visits/door_closed.html", {"refusal": refusal}, status=refusal.status)


def counted(request: HttpRequest) -> RateLimitUsage:
    """One more try from this address; KeysGuessed where there were too many."""
    try:
        return limits.take_try(request, action="visit")
    except LockedOut as refusal:
        raise KeysGuessed(time=refusal.words["time"]) from refusal


def at_the_door(request: HttpRequest, key: str, refusal: Refusal | None = None) -> HttpResponse:
    """The visit as it is now, or that there is nothing to change any more."""
    visit = visit_of_key(key)
    is_open = visit.is_booked and not visit.slot.has_begun
    others = list(queries.other_times(visit)) if is_open and visit.slot.takes_bookings else []
    context = {"key": key, "visit": visit, "slot": visit.slot, "is_open": is_open, "others": others, "refusal": refusal}
    status = refusal.status if refusal else 200 if is_open else VisitOver.status
    return render(request, "visits/door.html", context, status=status)


def changed(request: HttpRequest, key: str) -> HttpResponse:
    """Who comes second for a place is shown the others; what is over is said."""
    try:
        if "cancel" in request.POST:
            actions.cancel_by_key(code=key)
        else:
            actions.change_by_key(code=key, to=chosen(request, visit_of_key(key)))
    except (SlotTaken, SlotClosed, VisitOver, NotOfferedHere, NotBooked) as refusal:
        return at_the_door(request, key, refusal)
    return redirect("visit_door", key)


def chosen(request: HttpRequest, visit: Visit) -> Slot:
    """One of the facility's times, as it was ticked."""
    try:
        wanted = UUID(request.POST.get("slot", ""))
    except ValueError as error:
        raise NotOfferedHere(subject=visit) from error
    found: Slot | None = Slot.objects.filter(pk=wanted, facility=visit.slot.facility_id).first()
    if found is None:
        raise NotOfferedHere(subject=visit)
    return found
