"""A facility's times day by day, and the visits of an office."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from apps.clients.access import clients_visible_to
from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.visits.access import facilities_to_publish, slots_visible_to, visits_visible_to
from apps.visits.models import ClosedDay, Slot, Visit
from apps.visits.queries.finding import stamp_of

# As many as a person reads; older visits are found by their day.
MOST_SLOTS, MOST_VISITS = 300, 200


@dataclass(frozen=True)
class Day:
    """The times, or the visits, of one day."""

    day: date
    slots: tuple[Slot, ...] = ()
    visits: tuple[Visit, ...] = ()


def days_of(member: Member, facility: Facility) -> list[Day]:
    """The facility's times to come, each with the visits in it that this member may see."""
    seen = visits_visible_to(member).filter(ended_at=None, booked_at__isnull=False).order_by("place")
    slots = slots_visible_to(member).filter(facility=facility).upcoming().with_taken()  # type: ignore[attr-defined]
    # Said here: an order of the model is none where rows are counted.
    slots = slots.order_by("starts_at", "pk")
    rows = slots.prefetch_related(Prefetch("visits", seen, to_attr="booked"))[:MOST_SLOTS]
    return [Day(day, slots=tuple(ones)) for day, ones in groupby(rows, lambda one: timezone.localdate(one.starts_at))]


def stamp_of_days(days: list[Day]) -> str:
    """Of a facility's times: how many places are taken in each, and by which visits."""
    return stamp_of(
        (slot.pk, slot.taken, slot.capacity, slot.takes_bookings, [(one.pk, one.is_exception) for one in slot.booked])  # type: ignore[attr-defined]
        for day in days
        for slot in day.slots
    )


def facilities_of(member: Member) -> QuerySet[Facility]:
    """The facilities for which the member publishes, each with the number of its times to come."""
    to_come = Q(slots__withdrawn_at=None, slots__starts_at__gt=timezone.now())
    found = facilities_to_publish(member).select_related("kind")
    return found.annotate(times=Count("slots", filter=to_come)).order_by("kana", "name", "pk")


def visits_of(member: Member, *, past: bool = False) -> list[Day]:
    """The visits that the member may see: those to come, held ones too, or those that are over, the newest first."""
    found: QuerySet[Visit] = visits_visible_to(member).select_related("slot__facility", "held_by__organization")
    now = timezone.now()
    if past:
        found = found.filter(booked_at__isnull=False, slot__ends_at__lte=now).order_by("-slot__starts_at", "place")
    else:
        # What waits for a facility's answer stands with the requests.
        found = found.exclude(slot__asked_in__isnull=False, booked_at=None)
        found = found.live().filter(slot__ends_at__gt=now).order_by("slot__starts_at", "place", "pk")  # type: ignore[attr-defined]
    rows = with_names(member, list(found.select_related("for_whom")[:MOST_VISITS]))
    return [
        Day(day, visits=tuple(ones)) for day, ones in groupby(rows, lambda one: timezone.localdate(one.slot.starts_at))
    ]


def with_names(member: Member, rows: list[Visit]) -> list[Visit]:
    """Each visit of one's own office with the client (`shown_client`), where this person sees them; None elsewhere."""
    own = {one.client_id for one in rows if one.client_id and one.held_by.organization_id == member.organization_id}
    known = clients_visible_to(member).in_bulk(own) if own else {}
    for one in rows:
        one.shown_client = known.get(one.client_id)  # type: ignore[attr-defined]
    return rows


def clients_named(days: list[Day]) -> list[str]:
    """Whose names a list shows, for the ledger."""
    shown = [one.shown_client for day in days for one in day.visits]  # type: ignore[attr-defined]
    return sorted({str(client.pk) for client in shown if client is not None})


def closed_days_of(facility: Facility) -> QuerySet[ClosedDay]:
    """The facility's closed days, from today on."""
    return ClosedDay.objects.filter(facility=facility, opened_at=None, day__gte=timezone.localdate())


def affected_by(member: Member, facility: Facility, day: date) -> Day:
    """The times and booked visits that would end if the facility closed that day."""
    slots = Slot.objects.filter(facility=facility, withdrawn_at=None, starts_at__date=day, starts_at__gt=timezone.now())
    seen = visits_visible_to(member).filter(slot__in=slots, ended_at=None, booked_at__isnull=False)
    rows = seen.select_related("slot", "held_by__organization").order_by("slot__starts_at", "place")
    return Day(day, slots=tuple(slots.with_taken().order_by("starts_at", "pk")), visits=tuple(rows))
