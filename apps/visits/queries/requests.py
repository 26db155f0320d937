"""What waits for a facility's answer, and what came of it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from apps.environments.models import Member
from apps.visits.access import requests_visible_to
from apps.visits.models import Slot, Visit, VisitRequest

# What has ended is read so long.
AFTERWARDS = timedelta(days=14)
MOST_REQUESTS = 100


@dataclass(frozen=True)
class Proposal:
    """A proposed time, with the place that is held in it."""

    slot: Slot
    visit: Visit


def requests_of(member: Member) -> list[VisitRequest]:
    """What waits, the soonest due first, and then what has ended in the last two weeks."""
    beside = ("facility", "asked_by__organization")
    times = Prefetch("slots", Slot.objects.order_by("proposal").prefetch_related("visits"))
    rows = requests_visible_to(member).select_related(*beside).prefetch_related(times)
    recent = rows.exclude(ended_at__lt=timezone.now() - AFTERWARDS).order_by("due_at", "pk")[:MOST_REQUESTS]
    return sorted(recent, key=lambda one: not one.is_waiting)


def proposals_of(request: VisitRequest) -> list[Proposal]:
    """The times of a request in the order of the family's wish."""
    beside = ("slot__facility__organization", "slot__facility__kind", "held_by__organization", "accompanied_by")
    visits = Visit.objects.filter(slot__asked_in=request).select_related(*beside, "for_whom")
    return [Proposal(visit.slot, visit) for visit in visits.order_by("slot__proposal")]


def waiting_for(member: Member) -> int:
    """How many requests wait for this member's own facilities, or for the office's."""
    return requests_visible_to(member).waiting().count()  # type: ignore[attr-defined]
