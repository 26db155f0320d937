"""Move a booked visit to another time."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access import introducing_consent
from apps.environments.models import Member
from apps.kernel.templatetags.house import clock, short_day
from apps.visits.access import check_is_asking
from apps.visits.actions.accompanying import come_along
from apps.visits.actions.holding import held_visit, lowest_free, taken
from apps.visits.actions.publishing import held_slot, sweep_run_out
from apps.visits.actions.rooms import room_for_both, tell_room
from apps.visits.actions.telling import settled, tell_receiving
from apps.visits.happenings import visit_booked, visit_cancelled
from apps.visits.models import EndReason, Slot, Visit, VisitClient
from apps.visits.refusals import NotBooked, SlotClosed


@transaction.atomic
def move_visit(*, visit: Visit, to: Slot, by: Member) -> Visit:
    """Take a place in another time and give this one up, both or neither; returns the new visit."""
    visit, to = both_held(visit, to)
    check_is_asking(by, visit)
    check_can_be_moved(visit, to)

    return moved_to(visit, to, booked_by=by, ended_by=by)


def both_held(visit: Visit, to: Slot) -> tuple[Visit, Slot]:
    """The visit and the other time as they are now; the two times are held in the order of their keys."""
    slots = {one.pk: held_slot(one) for one in sorted({visit.slot, to}, key=lambda one: one.pk)}
    return held_visit(visit), slots[to.pk]


def check_can_be_moved(visit: Visit, to: Slot) -> None:
    if not visit.is_booked or visit.slot.has_begun or to.pk == visit.slot_id:
        raise NotBooked(subject=visit)
    if not to.takes_bookings or to.facility.is_closed:
        raise SlotClosed(subject=to)
    sweep_run_out(to)


def moved_to(visit: Visit, to: Slot, *, booked_by: Member, ended_by: Member | None) -> Visit:
    """`ended_by` is nobody where the family chose the other time by their own key."""
    now = timezone.now()
    visit.ends(at=now, reason=EndReason.MOVED if ended_by else EndReason.CHANGED, by=ended_by)
    about = {"age_group": visit.age_group, "need": visit.need, "booked_at": now, "booked_by": booked_by}
    moved = taken(to, lowest_free(to), by=booked_by, moved_from=visit, **about)
    same_place = visit.slot.facility_id == to.facility_id
    come_along(moved, visit.accompanied_by, by=ended_by)
    moved.room = visit.room if same_place else room_for_both(moved, by=booked_by)
    moved.save(update_fields=["room"])
    said = {"day": short_day(to.starts_at), "time": clock(to.starts_at)}
    tell_room(visit, _("This visit was moved to %(day)s %(time)s.") % said, by=ended_by)
    follow_client(visit, moved)
    settled(visit)
    tell_moved(visit, moved, same_place=same_place)
    detail = {"from": str(visit.pk), "place": moved.place}
    audit.record(verb="visits.moved", subject=moved, client=visit.client_id, by=ended_by, detail=detail)
    visit_cancelled.announce(environment=visit.environment, visit_id=visit.pk)
    visit_booked.announce(environment=visit.environment, visit_id=moved.pk)
    return moved


def follow_client(visit: Visit, moved: Visit) -> None:
    """The other facility is told who comes only by a consent of its own."""
    if visit.client_id is None:
        return
    before: VisitClient = VisitClient.objects.select_related("client").get(visit=visit)
    organization = moved.slot.facility.organization
    consent = introducing_consent(before.client, organization) if organization is not None else None
    VisitClient.objects.create(
        environment_id=moved.environment_id,
        visit=moved,
        client=before.client,
        consent=consent,
        contact=before.contact if consent is not None else "",
    )


def tell_moved(visit: Visit, moved: Visit, *, same_place: bool) -> None:
    if same_place:
        tell_receiving(moved, gettext_noop("A visit was moved to another time. Please see when."))
    else:
        tell_receiving(visit, gettext_noop("A visit was cancelled. Its place is free again."))
        tell_receiving(moved, gettext_noop("A family will come to look at your facility. Please see when."))
