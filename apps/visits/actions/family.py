"""What the family does by its own key: choose another time of the facility, or cancel."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.visits.access import visit_of_key
from apps.visits.actions.holding import held_visit
from apps.visits.actions.moving import both_held, check_can_be_moved, moved_to
from apps.visits.actions.telling import settled, tell_asking, tell_receiving
from apps.visits.happenings import visit_cancelled
from apps.visits.models import EndReason, Slot, Visit
from apps.visits.refusals import NotOfferedHere, VisitOver


@transaction.atomic
def cancel_by_key(*, code: str) -> Visit:
    """The family cancels, until the visit begins: the place is free at once, facility and office are told."""
    visit = held_visit(visit_of_key(code))
    if not visit.is_booked or visit.slot.has_begun:
        raise VisitOver(subject=visit)

    visit.ends(at=timezone.now(), reason=EndReason.THEMSELVES, by=None)
    settled(visit)
    tell_receiving(visit, gettext_noop("A visit was cancelled. Its place is free again."))
    tell_asking([visit], gettext_noop("A family has cancelled a visit themselves. Perhaps call them."))
    detail = {"reason": EndReason.THEMSELVES.value, "place": visit.place}
    audit.record(verb="visits.cancelled", subject=visit, client=visit.client_id, by=None, detail=detail)
    visit_cancelled.announce(environment=visit.environment, visit_id=visit.pk)
    return visit


@transaction.atomic
def change_by_key(*, code: str, to: Slot) -> Visit:
    """The family chooses another time of the same facility, as long as both can be booked; returns the new visit."""
    before = visit_of_key(code)
    if to.facility_id != before.slot.facility_id:
        raise NotOfferedHere(subject=before)
    visit, to = both_held(before, to)
    if not visit.is_booked or not visit.slot.takes_bookings:
        raise VisitOver(subject=visit)
    check_can_be_moved(visit, to)

    moved = moved_to(visit, to, booked_by=visit.held_by, ended_by=None)
    tell_asking([moved], gettext_noop("A family has chosen another time for a visit themselves."))
    return moved
