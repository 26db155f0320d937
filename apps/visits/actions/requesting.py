"""Ask a facility for one of up to three times, until a due time; take that back, and end what was not answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.directory.models import Holiday
from apps.environments.models import Member
from apps.facilities.grid import Age
from apps.facilities.models import Facility
from apps.paper.kinds import Channel
from apps.visits.access import (
    check_can_arrange,
    check_can_arrange_for,
    check_is_of_office,
    people_of_office,
)
from apps.visits.actions.accompanying import taken_along
from apps.visits.actions.agreeing import Agreed, agree, check_need_names_nobody
from apps.visits.actions.holding import taken
from apps.visits.actions.publishing import held_slot, sweep_proposals, written
from apps.visits.actions.telling import tell_accompanying, tell_of_request
from apps.visits.models import EndReason, Outcome, Slot, Visit, VisitClient, VisitRequest
from apps.visits.refusals import (
    DueTimeUnusable,
    FacilityReceivesNobody,
    NothingProposed,
    NotOfTheOffice,
    ProposalsOverlap,
    RequestEnded,
    SlotsOverlap,
)
from apps.visits.times import Proposed, cut_off_before


@dataclass(frozen=True)
class Asked:
    """What a facility is asked: the times in the order of the family's wish, until when, and for whom."""

    times: tuple[Proposed, ...]
    due_at: datetime
    age_group: Age
    need: str = ""
    client: Client | None = None
    agreed: Agreed | None = None
    # Who of the office comes along, whichever time is picked.
    member: Member | None = None


@transaction.atomic
def propose(*, facility: Facility, asked: Asked, by: Member) -> VisitRequest:
    """Propose up to three times, also to a facility that publishes none. Each is held until the answer is due.

    All of them, or none: a time in the past, one that overlaps another of the facility, a closed day, and somebody to come
    along who is taken, are refused. The facility is told, and sees the card without a name.
    """
    check_can_arrange(by)
    if asked.client is not None:
        check_can_arrange_for(by, asked.client)
        check_need_names_nobody(asked.client, asked.need)
    if asked.member is not None and not people_of_office(by.organization_id).filter(pk=asked.member.pk).exists():
        raise NotOfTheOffice(subject=facility)
    check_can_be_asked(facility, asked)
    sweep_proposals(facility)

    now = timezone.now()
    about = {"environment_id": facility.environment_id, "asked_at": now, "asked_by": by, "due_at": asked.due_at}
    request: VisitRequest = VisitRequest.objects.create(facility=facility, **about)
    visits = [proposed(request, number, one, asked, by=by) for number, one in enumerate(asked.times, start=1)]
    # The last one first: a consent that is given now covers all of them.
    for visit in sorted(visits, key=lambda one: one.slot.ends_at, reverse=True):
        agree(visit, asked.agreed, by=by)
    tell_of_request(request, gettext_noop("You are asked when a family may come to look. Please choose a time."))
    detail = {"times": len(visits), "facility": str(facility.pk)}
    audit.record(verb="visits.requested", subject=request, client=client_of(visits), by=by, detail=detail)
    return request


def check_can_be_asked(facility: Facility, asked: Asked) -> None:
    now, times = timezone.now(), asked.times
    if not 1 <= len(times) <= VisitRequest.MOST_PROPOSALS or any(
        one.starts_at <= now or one.ends_at <= one.starts_at for one in times
    ):
        raise NothingProposed(subject=facility, limit=VisitRequest.MOST_PROPOSALS)
    last = timezone.localdate(max(one.starts_at for one in times))
    if facility.is_closed or (facility.closed_on is not None and facility.closed_on <= last):
        raise FacilityReceivesNobody(subject=facility)
    if not now < asked.due_at <= min(one.starts_at for one in times):
        raise DueTimeUnusable(subject=facility)


def proposed(request: VisitRequest, number: int, time: Proposed, asked: Asked, *, by: Member) -> Visit:
    """One time of the request, with its only place held until the answer is due."""
    holidays = set(Holiday.objects.filter(date__lte=timezone.localdate(time.starts_at)).values_list("date", flat=True))
    slot = Slot(
        environment_id=request.environment_id,
        facility=request.facility,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        closes_at=max(request.due_at, cut_off_before(timezone.localdate(time.starts_at), holidays)),
        asked_in=request,
        proposal=number,
        published_by=by,
    )
    try:
        written(slot)
    except SlotsOverlap as error:
        day = formats.date_format(timezone.localtime(time.starts_at), "SHORT_DATE_FORMAT")
        raise ProposalsOverlap(subject=request.facility, day=day) from error
    held = {"held_until": request.due_at, "age_group": asked.age_group, "need": asked.need}
    visit = taken(slot, 1, by=by, **held)
    if asked.client is not None:
        VisitClient.objects.create(environment_id=request.environment_id, visit=visit, client=asked.client)
    if asked.member is not None:
        taken_along(visit, asked.member)
    return visit


def held_request(request: VisitRequest) -> tuple[VisitRequest, list[Visit]]:
    """The request as it is now with what is still proposed in it; its times are held in the order of their keys."""
    beside = ("facility", "asked_by", "environment")
    rows = VisitRequest.objects.select_related(*beside).select_for_update(of=("self",), no_key=True)
    found: VisitRequest = rows.get(pk=request.pk)
    slots = {one.pk: held_slot(one) for one in Slot.objects.filter(asked_in=found).order_by("pk")}
    visits = Visit.objects.filter(slot__in=slots, booked_at=None, ended_at=None).order_by("slot__proposal")
    live = visits.select_related("held_by", "environment", "for_whom", "accompanied_by")
    proposals = list(live.select_for_update(of=("self",), no_key=True))
    for visit in proposals:
        visit.slot = slots[visit.slot_id]
    return found, proposals


def client_of(visits: Iterable[Visit]) -> UUID | None:
    """Whom it is for, as the ledger names them."""
    return next((visit.client_id for visit in visits), None)


@transaction.atomic
def take_request_back(*, request: VisitRequest, by: Member) -> VisitRequest:
    """The office asks no more; the times are free again, and the facility is told."""
    request, visits = held_request(request)
    check_is_of_office(by, request)
    if not request.is_waiting:
        raise RequestEnded(subject=request)

    given_back(request, visits, Outcome.TAKEN_BACK, EndReason.LET_GO, by=by)
    tell_of_request(request, gettext_noop("You need not choose a time any more: the request was taken back."))
    return request


@transaction.atomic
def end_requests() -> int:
    """End what was not answered in time; both sides are told. Returns how many. Done by the worker; whoever answers in the
    same moment holds the request, and is then told that it has ended, or has answered it."""
    over = VisitRequest.objects.run_out().order_by("pk").select_for_update(of=("self",), skip_locked=True, no_key=True)
    requests = list(over)
    for one in requests:
        request, visits = held_request(one)
        given_back(request, visits, Outcome.RUN_OUT, EndReason.RUN_OUT, by=None)
        tell_of_request(
            request, gettext_noop("A facility did not answer in time. Please ask another one, or call."), to_asking=True
        )
        tell_of_request(request, gettext_noop("The time to choose is over. The office that asked was told."))
    return len(requests)


def given_back(
    request: VisitRequest,
    visits: list[Visit],
    outcome: Outcome,
    reason: str,
    *,
    channel: str = Channel.ACCOUNT,
    by: Member | None,
) -> None:
    """All that is still proposed is free again, and the ledger says how it ended."""
    now = timezone.now()
    # By the code of a sheet nobody is known: the places go back to the office that held them.
    giving = request.asked_by if channel == Channel.CODE else by
    client = VisitClient.objects.filter(visit__slot__asked_in=request).values_list("client", flat=True).first()
    for visit in visits:
        visit.ends(at=now, reason=reason, by=giving)
        tell_accompanying(visit, gettext_noop("A visit that you accompany was cancelled."), by=by)
    ended(request, outcome, at=now, channel=channel, by=by)
    detail = {"outcome": outcome.value, "reason": str(reason), "channel": str(channel)}
    audit.record(verb="visits.request_ended", subject=request, client=client, by=by, detail=detail)


def ended(request: VisitRequest, outcome: Outcome, *, at: datetime, channel: str, by: Member | None) -> None:
    request.ended_at, request.ended_by, request.outcome, request.channel = at, by, outcome, channel
    request.save(update_fields=["ended_at", "ended_by", "outcome", "channel"])
