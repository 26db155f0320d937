"""The next visiting times with a free place, facility by facility. Three questions, however many facilities there are."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from apps.environments.models import Member
from apps.facilities.access import facilities_visible_to
from apps.facilities.models import Facility
from apps.visits.access import slots_visible_to
from apps.visits.models import Slot

# So many cards, and so many times on each (journey B2).
CARDS, TIMES = 10, 3
# So far ahead a family plans; later times are on the facility's own page.
AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; what is empty makes no difference."""

    age: str = ""
    kind: int | None = None
    district: UUID | None = None
    needs_medical_care: bool = False


@dataclass(frozen=True)
class Found:
    """A facility with its next times."""

    facility: Facility
    slots: tuple[Slot, ...]


def next_times(member: Member, sought: Sought) -> list[Found]:
    """At most ten facilities that take whom is sought, whose next free time comes first, each with its next three."""
    facilities = fitting(member, sought)
    slots = free_slots(member).filter(facility__in=facilities.values("pk"))
    nth = Window(RowNumber(), partition_by="facility_id", order_by=["starts_at", "pk"])
    first = list(slots.annotate(nth=nth).filter(nth__lte=TIMES).order_by("starts_at", "pk"))
    of_facility: dict[UUID, list[Slot]] = {}
    for slot in first:
        of_facility.setdefault(slot.facility_id, []).append(slot)
    shown = list(of_facility)[:CARDS]
    known = facilities.select_related("kind").prefetch_related("districts").in_bulk(shown)
    return [Found(known[pk], tuple(of_facility[pk])) for pk in shown]


def free_slots(member: Member) -> QuerySet[Slot]:
    """Times in the next four weeks that can be booked and have a free place."""
    until = timezone.now() + AHEAD
    found: QuerySet[Slot] = slots_visible_to(member).bookable().with_a_place().filter(starts_at__lt=until)  # type: ignore[attr-defined]
    return found.annotate(left=F("capacity") - F("taken"))


def fitting(member: Member, sought: Sought) -> QuerySet[Facility]:
    found: QuerySet[Facility] = facilities_visible_to(member).open()  # type: ignore[attr-defined]
    if sought.age:
        found = found.filter(age_groups__contains=[sought.age])
    if sought.kind is not None:
        found = found.filter(kind=sought.kind)
    if sought.needs_medical_care:
        found = found.filter(takes_medical_care=True)
    if sought.district is not None:
        found = found.filter(areas__district=sought.district)
    return found
