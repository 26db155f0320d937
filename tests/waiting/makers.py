"""Makers of those who wait, and of what they are offered."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.visits.models import Slot
from apps.waiting.models import Offer, Waiting, WaitingClient, WishedFacility
from tests.visits.makers import make_held


def make_wait(
    by: Member, *facilities: Facility, client: Client | None = None, since: timedelta = timedelta(), **about: Any
) -> Waiting:
    """A family that waits for a place for a child before school, for so long already."""
    told = {"age_group": "preschool", "reasons": ["full"], "put_at": timezone.now() - since, **about}
    waiting = Waiting.objects.create(environment=by.environment, put_by=by, **told)
    for facility in facilities:
        WishedFacility.objects.create(environment=by.environment, waiting=waiting, facility=facility)
    if client is not None:
        WaitingClient.objects.create(environment=by.environment, waiting=waiting, client=client)
    return waiting


def make_offer(waiting: Waiting, slot: Slot, *, lasts: timedelta = timedelta(hours=4)) -> Offer:
    """A place that is held for them from now on; with a negative length one whose time is over."""
    now = timezone.now()
    held = {"held_at": now - timedelta(hours=8), "held_until": now + lasts}
    visit = make_held(slot, waiting.put_by, age_group=waiting.age_group, **held)
    return Offer.objects.create(environment=slot.environment, waiting=waiting, visit=visit)
