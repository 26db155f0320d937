"""Close a day: every time of it is withdrawn, and none is published until the day is opened again."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.visits.access import check_can_publish
from apps.visits.actions.publishing import withdraw_slot
from apps.visits.models import ClosedDay, Slot, Visit, WithdrawalReason
from apps.visits.refusals import DayClosedAlready, DayInThePast, DayNotClosed, ReasonMissing


@transaction.atomic
def close_day(*, facility: Facility, day: date, reason: str, by: Member) -> list[Visit]:
    """Receive nobody on a day; returns the booked visits that this ends. Their offices are told, one notice for each."""
    check_can_publish(by, facility)
    if day < timezone.localdate():
        raise DayInThePast(subject=facility)
    if reason not in WithdrawalReason.values:
        raise ReasonMissing(subject=facility)

    ended = [visit for slot in times_on(facility, day) for visit in withdraw_slot(slot=slot, reason=reason, by=by)]
    about = {"environment_id": facility.environment_id, "closed_by": by}
    try:
        with transaction.atomic():
            ClosedDay.objects.create(facility=facility, day=day, reason=reason, **about)
    except IntegrityError as error:
        # Somebody has closed it, or published a time on it, in this very moment.
        raise DayClosedAlready(subject=facility) from error
    detail = {"day": day.isoformat(), "reason": reason, "booked": len(ended)}
    audit.record(verb="visits.day_closed", subject=facility, by=by, detail=detail)
    return ended


def times_on(facility: Facility, day: date) -> list[Slot]:
    """The facility's times on a day that have not begun, in the order of their keys: whoever closes waits in no circle."""
    slots = Slot.objects.filter(facility=facility, withdrawn_at=None, starts_at__date=day).order_by("pk")
    return [slot for slot in slots if not slot.has_begun]


@transaction.atomic
def open_day(*, facility: Facility, day: date, by: Member) -> ClosedDay:
    """Receive on that day again. What was withdrawn stays so: times are published anew."""
    check_can_publish(by, facility)
    closed = ClosedDay.objects.select_for_update(of=("self",)).filter(facility=facility, day=day, opened_at=None)
    found: ClosedDay | None = closed.first()
    if found is None:
        raise DayNotClosed(subject=facility)

    found.opened_at, found.opened_by = timezone.now(), by
    found.save(update_fields=["opened_at", "opened_by"])
    audit.record(verb="visits.day_opened", subject=facility, by=by, detail={"day": day.isoformat()})
    return found
