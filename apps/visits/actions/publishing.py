"""Publish the times at which a facility receives, change how many families they are for, take them back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.directory.models import Holiday
from apps.environments.models import Member
from apps.facilities.access import answers_by_proxy
from apps.facilities.models import Facility
from apps.visits.access import check_can_publish
from apps.visits.actions.telling import tell_asking
from apps.visits.happenings import visit_cancelled
from apps.visits.models import ClosedDay, EndReason, Slot, Visit, WithdrawalReason
from apps.visits.refusals import (
    CapacityBelowBooked,
    CapacityUnusable,
    DayClosed,
    FacilityReceivesNobody,
    ReasonMissing,
    RepetitionUnbounded,
    SlotEndsBeforeItStarts,
    SlotInThePast,
    SlotsOverlap,
    SlotWithdrawn,
)
from apps.visits.times import LONGEST_REPETITION, Plan, cut_off_before, days_of, moment


@transaction.atomic
def publish_slots(*, facility: Facility, plan: Plan, by: Member) -> list[Slot]:
    """Publish one visiting time, or the same one week by week; holidays and the days around New Year are left out.

    Days that the facility has closed are left out of a repetition too. All of them, or none: a day that overlaps another time, and a time too near to be booked before its cut-off, are
    refused with the day. By the desk on the facility's behalf it is marked as such.
    """
    check_can_publish(by, facility)
    check_makes_sense(facility, plan)
    holidays = set(Holiday.objects.filter(date__range=(plan.day, plan.weekly_until or plan.day)).values_list("date"))
    days = open_days(facility, plan, days_of(plan, {one for (one,) in holidays}))
    # Cut-offs look back over whatever lies before, such as a week of holidays in May.
    before = set(Holiday.objects.filter(date__lte=plan.weekly_until or plan.day).values_list("date", flat=True))
    slots = [slot_of(facility, plan, day, cut_off_before(day, before), by) for day in days]
    if not slots or slots[0].closes_at <= timezone.now():
        raise SlotInThePast(subject=facility)

    sweep_proposals(facility)
    for slot in slots:
        written(slot)
    detail = {"slots": len(slots), "capacity": plan.capacity, "is_proxy": answers_by_proxy(by, facility)}
    audit.record(verb="visits.published", subject=facility, by=by, detail=detail)
    return slots


def open_days(facility: Facility, plan: Plan, days: list[date]) -> list[date]:
    """Without those that the facility has closed; the one day of a plan that is not repeated is refused then."""
    closed = set(
        ClosedDay.objects.filter(facility=facility, opened_at=None, day__in=days).values_list("day", flat=True)
    )
    if closed and plan.weekly_until is None:
        raise DayClosed(subject=facility)
    return [day for day in days if day not in closed]


def check_makes_sense(facility: Facility, plan: Plan) -> None:
    if facility.is_closed or (facility.closed_on is not None and facility.closed_on <= plan.day):
        raise FacilityReceivesNobody(subject=facility)
    if plan.ends <= plan.starts:
        raise SlotEndsBeforeItStarts(subject=facility)
    if not 1 <= plan.capacity <= Slot.MOST_FAMILIES:
        raise CapacityUnusable(subject=facility, limit=Slot.MOST_FAMILIES)
    if plan.weekly_until is not None and not plan.day < plan.weekly_until <= plan.day + LONGEST_REPETITION:
        raise RepetitionUnbounded(subject=facility)
    if moment(plan.day, plan.starts) <= timezone.now():
        raise SlotInThePast(subject=facility)


def slot_of(facility: Facility, plan: Plan, day: date, closes_at: datetime, by: Member) -> Slot:
    return Slot(
        environment_id=facility.environment_id,
        facility=facility,
        starts_at=moment(day, plan.starts),
        ends_at=moment(day, plan.ends),
        closes_at=closes_at,
        capacity=plan.capacity,
        place=plan.place,
        receiver=plan.receiver,
        bring=plan.bring,
        published_by=by,
        is_proxy=answers_by_proxy(by, facility),
    )


def sweep_proposals(facility: Facility) -> None:
    """Proposed times whose hold ran out take the facility's hour no more."""
    end_run_out(Visit.objects.filter(slot__facility=facility, slot__asked_in__isnull=False))


def end_run_out(visits: QuerySet[Visit]) -> int:
    """Of these visits the holds that ran out give their numbers back; returns how many. Row and time are locked together or
    left alone: whoever waits for a time while holding a visit could wait in a circle."""
    over = visits.run_out().select_for_update(of=("self", "slot"), skip_locked=True, no_key=True)  # type: ignore[attr-defined]
    past = Visit.objects.filter(pk__in=[one.pk for one in over.select_related("slot")]).run_out()
    ended: int = past.update(ended_at=timezone.now(), ended_reason=EndReason.RUN_OUT)
    return ended


def written(slot: Slot) -> None:
    try:
        with transaction.atomic():
            slot.save(force_insert=True)
    except IntegrityError as error:
        promise = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if promise == "a_closed_day_receives_nobody":
            raise DayClosed(subject=slot.facility) from error
        day = formats.date_format(timezone.localtime(slot.starts_at), "SHORT_DATE_FORMAT")
        raise SlotsOverlap(subject=slot.facility, day=day) from error


def held_slot(slot: Slot) -> Slot:
    """The time as it is now; whoever holds, books or withdraws comes one after the other."""
    found: Slot = Slot.objects.select_for_update(of=("self",), no_key=True).select_related("facility").get(pk=slot.pk)
    return found


@transaction.atomic
def change_capacity(*, slot: Slot, capacity: int, by: Member) -> Slot:
    """For how many families it is: not below a place that is taken."""
    slot = held_slot(slot)
    check_can_publish(by, slot.facility)
    if slot.is_withdrawn:
        raise SlotWithdrawn(subject=slot)
    # What was proposed for one family is for no other.
    most = Slot.MOST_FAMILIES if slot.asked_in_id is None else 1
    if not 1 <= capacity <= most:
        raise CapacityUnusable(subject=slot, limit=most)
    sweep_run_out(slot)
    # What was given beyond the places stays, whatever their number.
    highest = Visit.objects.filter(slot=slot, overridden_by=None).live().aggregate(highest=Max("place"))["highest"] or 0
    if capacity < highest:
        raise CapacityBelowBooked(subject=slot, place=highest)

    before, slot.capacity = slot.capacity, capacity
    slot.save(update_fields=["capacity"])
    detail = {"before": before, "capacity": capacity}
    audit.record(verb="visits.capacity_changed", subject=slot, by=by, detail=detail)
    return slot


def sweep_run_out(slot: Slot) -> int:
    """Give back the numbers of holds that have run out. The time must be held."""
    over = Visit.objects.filter(slot=slot).run_out()
    return over.update(ended_at=timezone.now(), ended_reason=EndReason.RUN_OUT)


@transaction.atomic
def withdraw_slot(*, slot: Slot, reason: str, by: Member) -> list[Visit]:
    """Take the time back; returns the booked visits that it ends. Whoever booked them is told, one notice for each."""
    slot = held_slot(slot)
    check_can_publish(by, slot.facility)
    if slot.is_withdrawn:
        raise SlotWithdrawn(subject=slot)
    if reason not in WithdrawalReason.values:
        raise ReasonMissing(subject=slot)

    now = timezone.now()
    sweep_run_out(slot)
    live = list(Visit.objects.filter(slot=slot).live().select_related("held_by", "for_whom", "environment"))
    ended = [visit for visit in live if visit.is_booked]
    for visit in live:
        visit.ends(at=now, reason=EndReason.CLOSED, by=by)
        if visit.client_id is not None:
            about = {"reason": EndReason.CLOSED.value, "place": visit.place}
            audit.record(verb="visits.cancelled", subject=visit, client=visit.client_id, by=by, detail=about)
        if visit in ended:
            visit_cancelled.announce(environment=visit.environment, visit_id=visit.pk)
    slot.withdrawn_at, slot.withdrawn_by, slot.withdrawn_reason = now, by, reason
    slot.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    tell_asking(
        ended, gettext_noop("A facility withdrew a time that you had booked. Please find the family another one.")
    )
    detail = {"reason": reason, "booked": len(ended), "held": len(live) - len(ended)}
    audit.record(verb="visits.withdrawn", subject=slot, by=by, detail=detail)
    return ended
