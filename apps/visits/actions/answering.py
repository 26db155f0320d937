"""A facility picks one of the times that were proposed to it, or declines: signed in, on the telephone or on paper."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.facilities.access import is_own
from apps.paper import actions as paper
from apps.paper.kinds import Channel
from apps.paper.models import SheetState
from apps.visits.access import check_can_say_for
from apps.visits.actions.booking import OF_FACILITY, made_booked
from apps.visits.actions.requesting import ended, given_back, held_request
from apps.visits.actions.telling import tell_accompanying, tell_of_request, tell_receiving
from apps.visits.models import EndReason, Outcome, RequestSheet, Slot, Visit, VisitRequest
from apps.visits.refusals import NotProposed, ReasonMissing, RequestEnded


def way_of(request: VisitRequest, by: Member) -> Channel:
    """How an answer comes that this member enters: their own facility's, or what somebody told them on the telephone."""
    return Channel.ACCOUNT if is_own(by, request.facility) else Channel.PHONE


@transaction.atomic
def accept_proposal(*, request: VisitRequest, slot: Slot, channel: str = "", by: Member | None) -> Visit:
    """The facility, or somebody on its behalf, picks one of the times: it is booked, the others are free again.

    Refused when the due time is over, even in the same instant (`RequestEnded`), and for a time that is not proposed.
    Nobody by name answers who holds its sheet (`channel` is code): the booking is then the office's that asked.
    """
    request, visits = held_request(request)
    if by is not None:
        check_can_say_for(by, request)
    # One reading of the clock, as when a hold is booked.
    now = timezone.now()
    if request.ended_at is not None or request.due_at <= now:
        raise RequestEnded(subject=request)
    chosen = next((visit for visit in visits if visit.slot_id == slot.pk), None)
    if chosen is None or chosen.slot.is_withdrawn:
        raise NotProposed(subject=request)

    booking, channel = by or request.asked_by, channel or (way_of(request, by) if by else Channel.CODE)
    for visit in visits:
        if visit != chosen:
            visit.ends(at=now, reason=EndReason.UNUSED, by=booking)
    made_booked(chosen, at=now, by=booking)
    ended(request, Outcome.ACCEPTED, at=now, channel=channel, by=by)
    end_sheets(request, by=by)
    tell_of_request(request, gettext_noop("A facility has picked one of the times that you proposed."), to_asking=True)
    if booking.organization_id != request.facility.organization_id:
        tell_receiving(chosen, gettext_noop("A family will come to look at your facility. Please see when."))
    tell_accompanying(chosen, gettext_noop("You accompany a visit to a facility. Please see when."), by=by)
    detail = {"proposal": chosen.slot.proposal, "visit": str(chosen.pk), "channel": str(channel)}
    audit.record(verb="visits.request_accepted", subject=request, client=chosen.client_id, by=by, detail=detail)
    return chosen


@transaction.atomic
def decline_request(*, request: VisitRequest, reason: str, channel: str = "", by: Member | None) -> VisitRequest:
    """The facility can at none of the times, with a reason; they are free again, and the office is told."""
    request, visits = held_request(request)
    if by is not None:
        check_can_say_for(by, request)
    if not request.is_waiting:
        raise RequestEnded(subject=request)
    if reason not in OF_FACILITY:
        raise ReasonMissing(subject=request)

    channel = channel or (way_of(request, by) if by else Channel.CODE)
    given_back(request, visits, Outcome.DECLINED, reason, channel=channel, by=by)
    end_sheets(request, by=by)
    tell_of_request(request, gettext_noop("A facility can at none of the times you proposed."), to_asking=True)
    return request


def end_sheets(request: VisitRequest, *, by: Member | None) -> None:
    """The answer is in: what comes by a sheet of this request after it is kept apart."""
    for one in RequestSheet.objects.filter(request=request, replaced_at=None).select_related("sheet"):
        if one.sheet.state == SheetState.OUT:
            paper.answer_sheet(sheet=one.sheet, by=by)
