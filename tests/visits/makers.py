"""Makers of visiting times, and of places that are held and booked."""

import itertools
import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.visits.actions import Asked, propose
from apps.visits.models import FamilyKey, Slot, Visit, VisitRequest
from apps.visits.times import Proposed
from tests.facilities.makers import make_facility

counted = itertools.count(1)


def make_slot(by: Member, facility: Facility | None = None, **fields: Any) -> Slot:
    """An hour in one to three weeks that can be booked until the hour before; of two hundred no two overlap."""
    starts = fields.pop("starts_at", timezone.now() + timedelta(days=7, hours=2 * (next(counted) % 200)))
    about = {"ends_at": starts + timedelta(hours=1), "closes_at": starts - timedelta(hours=1), "published_by": by}
    facility = facility or make_facility(by)
    return Slot.objects.create(environment=by.environment, facility=facility, starts_at=starts, **{**about, **fields})


def make_held(slot: Slot, by: Member, *, place: int = 1, **fields: Any) -> Visit:
    """A place that is held for five minutes from now."""
    now = timezone.now()
    about = {"age_group": "preschool", "held_at": now, "held_until": now + Visit.HOLD}
    return Visit.objects.create(environment=by.environment, slot=slot, place=place, held_by=by, **{**about, **fields})


def make_run_out(slot: Slot, by: Member, *, place: int = 1) -> Visit:
    """A hold that was over a second ago, and keeps its number still."""
    now = timezone.now()
    return make_held(slot, by, place=place, held_at=now - Visit.HOLD, held_until=now - timedelta(seconds=1))


def make_visit(slot: Slot, by: Member, *, place: int = 1, **fields: Any) -> Visit:
    """A place that is booked, with the family's key."""
    visit = make_held(slot, by, place=place, **{"booked_at": timezone.now(), "booked_by": by, **fields})
    FamilyKey.objects.create(environment=by.environment, visit=visit, code=secrets.token_urlsafe(24))
    return visit


def make_request(by: Member, facility: Facility | None = None, *, times: int = 3, **about: Any) -> VisitRequest:
    """So many hours in about six weeks that a facility is asked for, answered within a day."""
    facility = facility or make_facility(by)
    first = timezone.now() + timedelta(days=40, hours=4 * (next(counted) % 200))
    begins = [first + timedelta(days=nth) for nth in range(times)]
    asked = Asked(
        times=tuple(Proposed(one, one + timedelta(hours=1)) for one in begins),
        **{"due_at": timezone.now() + timedelta(days=1), "age_group": "preschool", **about},
    )
    return propose(facility=facility, asked=asked, by=by)


def make_asked(
    by: Member, facility: Facility | None = None, *, due: timedelta = timedelta(days=1), **about: Any
) -> VisitRequest:
    """One hour that was asked for yesterday, whoever asks; nobody was told."""
    now, facility = timezone.now(), facility or make_facility(by)
    held = {"held_at": now - timedelta(days=1), "held_until": now + due}
    spans = {"asked_at": held["held_at"], "due_at": held["held_until"]}
    request = VisitRequest.objects.create(environment=by.environment, facility=facility, asked_by=by, **spans)
    make_held(make_slot(by, facility, asked_in=request, proposal=1), by, **held, **about)
    return request


def make_overdue(by: Member, facility: Facility | None = None, **about: Any) -> VisitRequest:
    """One that was due a second ago, and that nobody has ended."""
    return make_asked(by, facility, due=timedelta(seconds=-1), **about)
