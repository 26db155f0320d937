"""The next visiting times with a free place, facility by facility. As many questions, however many facilities there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zlib import crc32

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from apps.clients.ages import years_at_school
from apps.clients.models import Client, Need
from apps.environments.models import Member
from apps.facilities.grid import WEEKDAYS, Age
from apps.facilities.models import Facility, SchoolDistrict
from apps.facilities.queries import Row, Wanted, ranked
from apps.visits.access import slots_visible_to
from apps.visits.models import Slot, Visit

# So many cards, and so many times on each (journey B2).
CARDS, TIMES = 10, 3
# So many that publish no fitting time, to be asked for one.
SILENT = 5
# As many other times as one reads on a phone.
MOST_OTHERS = 12
# So far ahead a family plans; later times are on the facility's own page.
AHEAD = timedelta(days=28)
# Farther than anything on the earth: where it is not known where something is.
FARTHEST_KM = 40_000


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; what is empty makes no difference.

    `district` is where the facility must fetch, `near` from where the distance is reckoned; both are school districts.
    """

    age: str = ""
    kind: int | None = None
    weekdays: tuple[str, ...] = ()
    district: UUID | None = None
    near: UUID | None = None
    needs_medical_care: bool = False

    def wanted(self) -> Wanted:
        """As the board of free places asks."""
        return Wanted(
            age=self.age,
            weekdays=self.weekdays,
            kind=self.kind,
            needs_medical_care=self.needs_medical_care,
            district=self.district,
            near=self.near or self.district,
        )


@dataclass(frozen=True)
class Found:
    """A facility with its next times, and why it stands where it stands."""

    row: Row
    slots: tuple[Slot, ...]

    @property
    def facility(self) -> Facility:
        return self.row.facility


@dataclass(frozen=True)
class Cards:
    """What the counter shows: those with a free time, and below them some that fit and have none."""

    found: list[Found]
    silent: list[Row]

    @property
    def stamp(self) -> str:
        """Another one as soon as anything of it has changed: an open page asks by it whether there is news."""
        cards = [(one.facility.pk, [(slot.pk, slot.left) for slot in one.slots]) for one in self.found]  # type: ignore[attr-defined]
        return stamp_of([*cards, ("silent", [row.facility.pk for row in self.silent])])


def next_times(member: Member, sought: Sought) -> list[Found]:
    """The cards of those with a free time."""
    return cards_of(member, sought).found


def cards_of(member: Member, sought: Sought) -> Cards:
    """At most ten facilities that take whom is sought and have a free time, each with its next three; and some without.

    Their order: as the board of free places has it (places on the days asked for, fresh answers, near), then by their first
    time.
    """
    of_facility: dict[UUID, list[Slot]] = {}
    nth = Window(RowNumber(), partition_by="facility_id", order_by=["starts_at", "pk"])
    for slot in free_slots(member).annotate(nth=nth).filter(nth__lte=TIMES).order_by("starts_at", "pk"):
        of_facility.setdefault(slot.facility_id, []).append(slot)
    rows = list(ranked(member, sought.wanted()))
    found = [Found(row, tuple(of_facility[row.facility.pk])) for row in rows if row.facility.pk in of_facility]
    silent = [row for row in rows if row.facility.pk not in of_facility]
    return Cards(sorted(found, key=order)[:CARDS], silent[:SILENT])


def stamp_of(shown: Iterable[tuple[object, ...]]) -> str:
    """Another one as soon as anything of what is shown has changed: an open page asks by it whether there is news."""
    return f"{crc32(repr(list(shown)).encode()):08x}"


def alternatives(member: Member, slot: Slot) -> list[Slot]:
    """Three other times with a free place: of the same facility first, then the next ones of others."""
    others = free_slots(member).select_related("facility").exclude(pk=slot.pk).order_by("starts_at", "pk")
    near = list(others.filter(facility=slot.facility_id)[:TIMES])
    return [*near, *others.exclude(facility=slot.facility_id)[: TIMES - len(near)]] if len(near) < TIMES else near


def order(one: Found) -> tuple[object, ...]:
    row = one.row
    # In whole kilometres: who is a few hundred metres nearer, but free a week later, does not come first.
    distance = round(row.distance_km) if row.distance_km is not None else FARTHEST_KM
    fit = (-len(row.free_days), -len(row.ask_days))
    return *fit, row.answer is None or row.is_old, distance, one.slots[0].starts_at, row.facility.pk


def sought_for(client: Client) -> Sought:
    """What the record says of a client. Of a protected one no district: the record bears none."""
    at = SchoolDistrict.objects.filter(name=client.school_district).first() if client.school_district else None
    return Sought(
        age=age_group_of(client),
        weekdays=tuple(WEEKDAYS[day] for day in sorted(client.weekdays)),
        district=at.pk if at is not None and Need.TRANSPORT in client.needs else None,
        near=at.pk if at is not None else None,
        needs_medical_care=Need.MEDICAL_CARE in client.needs,
    )


def age_group_of(client: Client) -> Age:
    year = years_at_school(client.born_on, timezone.localdate())
    if year > 12:
        return Age.ADULT
    return Age.PRESCHOOL if year < 1 else Age.PRIMARY if year <= 6 else Age.SECONDARY


def free_slots(member: Member) -> QuerySet[Slot]:
    """Times in the next four weeks that can be booked and have a free place."""
    until = timezone.now() + AHEAD
    found: QuerySet[Slot] = slots_visible_to(member).bookable().with_a_place().filter(starts_at__lt=until)  # type: ignore[attr-defined]
    return found.annotate(left=F("capacity") - F("taken"))


def other_times(visit: Visit) -> QuerySet[Slot]:
    """The facility's other times with a free place, for whoever holds the family's key."""
    slots: QuerySet[Slot] = Slot.objects.bookable().with_a_place().filter(facility=visit.slot.facility_id)
    return slots.exclude(pk=visit.slot_id).order_by("starts_at", "pk")[:MOST_OTHERS]
