"""Book what is held, and cancel it; each tells the other side."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.visits.access import check_can_cancel, check_is_asking, is_asking, is_receiving
from apps.visits.actions.agreeing import Agreed, agree
from apps.visits.actions.holding import held_visit
from apps.visits.actions.rooms import room_for_both, tell_room
from apps.visits.actions.telling import settled, tell_accompanying, tell_asking, tell_exception, tell_receiving
from apps.visits.happenings import visit_booked, visit_cancelled
from apps.visits.models import EndReason, FamilyKey, Visit
from apps.visits.refusals import HoldRunOut, NotBooked, NotHeld, OfferRunOut, ReasonMissing

# Who may give which reason: the desk speaks for the family, the facility for itself.
OF_DESK = (EndReason.FAMILY, EndReason.DESK)
OF_FACILITY = (EndReason.FULL, EndReason.NEEDS, EndReason.CLOSED)


@transaction.atomic
def book_visit(*, visit: Visit, by: Member, agreed: Agreed | None = None) -> Visit:
    """Book the place that one's office holds, while it is held. The facility is told, a talk room for both is opened, and
    the family gets a key of its own. `agreed` says who has agreed that the facility is told who comes.

    Refused when the five minutes are over (`HoldRunOut`), even in the same instant, and when it is held no more.
    """
    visit = held_visit(visit)
    check_is_asking(by, visit)
    # One reading of the clock: what is asked of the hold and what is written down must not differ by an instant.
    now = timezone.now()
    if visit.booked_at is not None or visit.ended_reason not in {"", EndReason.RUN_OUT}:
        raise NotHeld(subject=visit)
    if visit.ended_at is not None or visit.held_until <= now:
        raise (OfferRunOut if visit.is_offered else HoldRunOut)(subject=visit)

    agree(visit, agreed, by=by)
    tell_receiving(visit, gettext_noop("A family will come to look at your facility. Please see when."))
    return made_booked(visit, at=now, by=by)


def made_booked(visit: Visit, *, at: datetime, by: Member) -> Visit:
    """With a talk room of the office that asked and the facility, and the family's key. The visit must be held."""
    opening = by if by.organization_id == visit.held_by.organization_id else visit.held_by
    visit.booked_at, visit.booked_by, visit.room = at, by, room_for_both(visit, by=opening)
    visit.save(update_fields=["booked_at", "booked_by", "room"])
    FamilyKey.objects.create(environment_id=visit.environment_id, visit=visit, code=secrets.token_urlsafe(24))
    tell_exception(visit, by=by)
    detail = {"place": visit.place, "slot": str(visit.slot_id), "is_exception": visit.is_exception}
    audit.record(verb="visits.booked", subject=visit, client=visit.client_id, by=by, detail=detail)
    visit_booked.announce(environment=visit.environment, visit_id=visit.pk)
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
        tell_accompanying(visit, gettext_noop("A visit that you accompany was cancelled."), by=by)
    said = {"reason": EndReason(reason).label}
    tell_room(visit, _("This visit was cancelled. Reason: %(reason)s") % said, by=by)
    detail = {"reason": reason, "place": visit.place}
    audit.record(verb="visits.cancelled", subject=visit, client=visit.client_id, by=by, detail=detail)
    visit_cancelled.announce(environment=visit.environment, visit_id=visit.pk)
    return visit


def reasons_of(member: Member, visit: Visit) -> list[str]:
    """What this member may give as a reason."""
    given = [*(OF_DESK if is_asking(member, visit) else ()), *(OF_FACILITY if is_receiving(member, visit) else ())]
    return [str(one) for one in given]
