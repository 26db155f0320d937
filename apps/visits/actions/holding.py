"""Hold a place while the family decides, and give it back."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.grid import Age
from apps.visits.access import check_can_arrange, check_can_arrange_for, check_is_asking
from apps.visits.actions.agreeing import check_need_names_nobody
from apps.visits.actions.publishing import end_run_out, held_slot, sweep_run_out
from apps.visits.models import EndReason, Slot, Visit, VisitClient
from apps.visits.refusals import NotHeld, SlotClosed, SlotTaken, TooManyHolds

# One person talks to one family at a time; more than a few is a forgotten window, or a hoard.
MOST_HOLDS = 3


@transaction.atomic
def hold_place(*, slot: Slot, age_group: Age, need: str, by: Member, client: Client | None = None) -> Visit:
    """Hold the lowest free place for five minutes, for a client or without a name.

    Refused when no place is free (`SlotTaken`), when it is too late or the time was withdrawn (`SlotClosed`), and to
    whoever holds three already; for a client whose care team one does not change, and with a need that names them.
    """
    check_can_arrange(by, slot)
    check_may_be_free(slot)
    slot = ready_to_hold(slot, client=client, told=need, by=by)

    visit = taken(slot, lowest_free(slot), by=by, age_group=age_group, need=need)
    return held_for(visit, client, by=by)


def ready_to_hold(slot: Slot, *, client: Client | None, told: str, by: Member) -> Slot:
    """The time as it is now, held and swept, where anything may be held in it for that client and with these words."""
    if client is not None:
        check_can_arrange_for(by, client)
        check_need_names_nobody(client, told)
    slot = held_slot(slot)
    if not slot.takes_bookings or slot.facility.is_closed:
        raise SlotClosed(subject=slot)
    if Visit.objects.at_the_counter().filter(held_by=by).count() >= MOST_HOLDS:
        raise TooManyHolds(subject=slot, limit=MOST_HOLDS)
    sweep_run_out(slot)
    return slot


def held_for(visit: Visit, client: Client | None, *, by: Member) -> Visit:
    """Write down for whom it is, and that it is held."""
    if client is not None:
        VisitClient.objects.create(environment_id=visit.environment_id, visit=visit, client=client)
    detail = {"place": visit.place, "slot": str(visit.slot_id), "is_exception": visit.is_exception}
    audit.record(verb="visits.held", subject=visit, client=client, by=by, detail=detail)
    return visit


def check_may_be_free(slot: Slot) -> None:
    """Of two hundred who want the last place, those who come too late need not wait for each other to hear it."""
    if (
        slot.takes_bookings
        and Visit.objects.live().filter(slot=slot, place__lte=slot.capacity).count() >= slot.capacity
    ):
        raise SlotTaken(subject=slot)


def lowest_free(slot: Slot) -> int:
    """The number of a free place. The time must be held, and its holds that ran out swept up."""
    numbers = set(Visit.objects.filter(slot=slot, ended_at=None).values_list("place", flat=True))
    free = next((number for number in range(1, slot.capacity + 1) if number not in numbers), None)
    if free is None:
        raise SlotTaken(subject=slot)
    return free


def taken(slot: Slot, place: int, *, by: Member, **about: object) -> Visit:
    now = timezone.now()
    held = {"held_at": now, "held_until": now + Visit.HOLD, "held_by": by, **about}
    visit: Visit = Visit.objects.create(environment_id=slot.environment_id, slot=slot, place=place, **held)
    return visit


@transaction.atomic
def let_go(*, visit: Visit, by: Member) -> Visit:
    """Give a held place back before its time is over. One that ran out is given back already."""
    visit = held_visit(visit)
    check_is_asking(by, visit)
    if visit.booked_at is not None or visit.ended_at is not None:
        raise NotHeld(subject=visit)

    visit.ends(at=timezone.now(), reason=EndReason.LET_GO, by=by)
    detail = {"place": visit.place}
    audit.record(verb="visits.let_go", subject=visit, client=visit.client_id, by=by, detail=detail)
    return visit


def held_visit(visit: Visit) -> Visit:
    """The visit as it is now, and its time held: in this order everywhere, so that nobody waits in a circle."""
    slot = held_slot(visit.slot)
    beside = ("held_by", "environment", "for_whom", "accompanied_by")
    # Its own row too: the worker, which sweeps without the time, waits for whoever is about to book.
    rows = Visit.objects.select_related(*beside).select_for_update(of=("self",), no_key=True)
    found: Visit = rows.get(pk=visit.pk)
    found.slot = slot
    return found


@transaction.atomic
def sweep() -> int:
    """Give back the numbers of all holds that have run out; returns how many. Nobody waits for it: who holds a place
    sweeps its time first. Done by the worker, so that what is over also looks over."""
    return end_run_out(Visit.objects.all())
