"""Book what is held, move it, cancel it; each tells the other side."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.visits.access import check_can_cancel, check_is_asking, is_asking, is_receiving
from apps.visits.actions.holding import held_visit, lowest_free, taken
from apps.visits.actions.publishing import held_slot, sweep_run_out
from apps.visits.actions.telling import settled, tell_asking, tell_receiving
from apps.visits.models import EndReason, Slot, Visit
from apps.visits.refusals import HoldRunOut, NotBooked, NotHeld, ReasonMissing, SlotClosed

# Who may give which reason: the desk speaks for the family, the facility for itself.
OF_DESK = (EndReason.FAMILY, EndReason.DESK)
OF_FACILITY = (EndReason.FULL, EndReason.NEEDS, EndReason.CLOSED)


@transaction.atomic
def book_visit(*, visit: Visit, by: Member) -> Visit:
    """Book the place that one's office holds, while it is held. The facility is told.

    Refused when the five minutes are over (`HoldRunOut`), even in the same instant, and when it is held no more.
    """
    visit = held_visit(visit)
    check_is_asking(by, visit)
    # One reading of the clock: what is asked of the hold and what is written down must not differ by an instant.
    now = timezone.now()
    if visit.booked_at is not None or visit.ended_reason not in {"", EndReason.RUN_OUT}:
        raise NotHeld(subject=visit)
    if visit.ended_at is not None or visit.held_until <= now:
        raise HoldRunOut(subject=visit)

    visit.booked_at, visit.booked_by = now, by
    visit.save(update_fields=["booked_at", "booked_by"])
    tell_receiving(visit, gettext_noop("A family will come to look at your facility. Please see when."))
    audit.record(verb="visits.booked", subject=visit, by=by, detail={"place": visit.place, "slot": str(visit.slot_id)})
    return visit


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: Member) -> Visit:
    """Cancel a booked visit before it begins; the place is free at once, and the other side is told with the reason."""
    visit = held_visit(visit)
    check_can_cancel(by, visit)
    if not visit.is_booked or visit.slot.has_begun:
        raise NotBooked(subject=visit)
    if reason not in reasons_of(by, visit):
        raise ReasonMissing(subject=visit)

    by_facility = reason in OF_FACILITY
    visit.ends(at=timezone.now(), reason=reason, by=by)
    settled(visit)
    if by_facility:
        tell_asking([visit], gettext_noop("A facility cannot receive a family. Please find another time."))
    else:
        tell_receiving(visit, gettext_noop("A visit was cancelled. Its place is free again."))
    audit.record(verb="visits.cancelled", subject=visit, by=by, detail={"reason": reason, "place": visit.place})
    return visit


def reasons_of(member: Member, visit: Visit) -> list[str]:
    """What this member may give as a reason."""
    given = [*(OF_DESK if is_asking(member, visit) else ()), *(OF_FACILITY if is_receiving(member, visit) else ())]
    return [str(one) for one in given]


@transaction.atomic
def move_visit(*, visit: Visit, to: Slot, by: Member) -> Visit:
    """Take a place in another time and give this one up, both or neither; returns the new visit."""
    slots = {one.pk: held_slot(one) for one in sorted({visit.slot, to}, key=lambda one: one.pk)}
    visit, to = held_visit(visit), slots[to.pk]
    check_is_asking(by, visit)
    if not visit.is_booked or visit.slot.has_begun or to.pk == visit.slot_id:
        raise NotBooked(subject=visit)
    if not to.takes_bookings or to.facility.is_closed:
        raise SlotClosed(subject=to)
    sweep_run_out(to)

    now = timezone.now()
    visit.ends(at=now, reason=EndReason.MOVED, by=by)
    about = {"age_group": visit.age_group, "need": visit.need, "booked_at": now, "booked_by": by}
    moved = taken(to, lowest_free(to), by=by, moved_from=visit, **about)
    settled(visit)
    tell_moved(visit, moved)
    audit.record(verb="visits.moved", subject=moved, by=by, detail={"from": str(visit.pk), "place": moved.place})
    return moved


def tell_moved(visit: Visit, moved: Visit) -> None:
    if visit.slot.facility_id != moved.slot.facility_id:
        tell_receiving(visit, gettext_noop("A visit was cancelled. Its place is free again."))
        tell_receiving(moved, gettext_noop("A family will come to look at your facility. Please see when."))
    else:
        tell_receiving(moved, gettext_noop("A visit was moved to another time. Please see when."))
