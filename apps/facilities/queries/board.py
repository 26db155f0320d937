"""The board: the newest answer of every facility, as well as it fits what somebody looks for. Five questions, however many."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from uuid import UUID
from zlib import crc32

from django.db.models import OuterRef, Subquery

from apps.environments.models import Member
from apps.facilities import grid
from apps.facilities.access import can_keep, facilities_with_answers_for
from apps.facilities.grid import Grid
from apps.facilities.models import AvailabilityAnswer, Facility, PickUpArea, SchoolDistrict
from apps.facilities.wording import Table, days_said, tables_of

EARTH_KM = 6371.0
NEVER = timedelta(days=36_500)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is empty makes no difference.

    `near` is the id of a school district or of a facility from which distances are reckoned, `within_km` the farthest.
    """

    age: str = ""
    weekdays: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    kind: int | None = None
    needs_medical_care: bool = False
    picked_up: bool = False
    district: UUID | None = None
    near: UUID | None = None
    within_km: int | None = None
    old_too: bool = False
    full_too: bool = False

    @property
    def asks_for_places(self) -> bool:
        return bool(self.age or self.weekdays or self.bands)

    @property
    def ages(self) -> tuple[str, ...]:
        return (self.age,) if self.age else ()


@dataclass(frozen=True)
class Row:
    """A facility on the board: its newest answer, the days that fit what was asked, and how far away it is."""

    facility: Facility
    answer: AvailabilityAnswer | None
    wanted: Wanted
    can_confirm: bool
    districts: tuple[str, ...] = ()
    distance_km: float | None = None
    free_days: tuple[str, ...] = ()
    ask_days: tuple[str, ...] = ()

    @property
    def is_old(self) -> bool:
        return self.answer is not None and self.answer.is_old

    @property
    def fit(self) -> str:
        """On which of the days asked for there are places, in words."""
        return days_said(self.free_days, self.ask_days)

    @cached_property
    def tables(self) -> list[Table]:
        """Its free places for the ages and times asked for, to be shown."""
        return [] if self.answer is None else tables_of(self.answer.grid, self.wanted.ages, self.wanted.bands)


@dataclass(frozen=True)
class Board:
    """What was found, in its order, and how many are left out for which reason."""

    rows: list[Row] = field(default_factory=list)
    too_old: int = 0
    full: int = 0
    unanswered: int = 0

    @property
    def found(self) -> int:
        return len(self.rows)

    @property
    def stamp(self) -> str:
        """Another one as soon as anything that is shown of it has changed."""
        shown = [
            (one.facility.pk, one.answer.pk, one.answer.age.days) if one.answer else one.facility.pk
            for one in self.rows
        ]
        return f"{crc32(repr((shown, self.too_old, self.full, self.unanswered)).encode()):08x}"


def board(member: Member, wanted: Wanted) -> Board:
    """The facilities whose answers the member sees, those that fit best first.

    The order: on more of the days asked for there are places (○ or a number, then △), confirmed within 14 days, nearer, confirmed
    later, by reading. Whoever has never answered is only shown where nothing is asked for.
    """
    rows, too_old, full, unanswered = [], 0, 0, 0
    for row in ranked(member, wanted):
        if row.answer is None and wanted.asks_for_places:
            unanswered += 1
        elif row.answer is not None and row.answer.is_hidden and not wanted.old_too:
            too_old += 1
        elif wanted.asks_for_places and not (row.free_days or row.ask_days or wanted.full_too):
            full += 1
        else:
            rows.append(row)
    return Board(rows, too_old, full, unanswered)


def ranked(member: Member, wanted: Wanted) -> list[Row]:
    """Every facility that takes whom is looked for, whatever it has free, in the order of the board."""
    return sorted(fitting(member, wanted), key=rank)


def rank(row: Row) -> tuple[object, ...]:
    age = NEVER if row.answer is None else row.answer.age
    distance = row.distance_km if row.distance_km is not None else float("inf")
    by_name = (row.facility.kana, row.facility.name, row.facility.pk)
    return row.answer is None, -len(row.free_days), -len(row.ask_days), row.is_old, distance, age, *by_name


def fitting(member: Member, wanted: Wanted) -> Iterable[Row]:
    """Those that take whom is looked for, whatever they have free."""
    facilities = with_newest(member, wanted)
    answers = AvailabilityAnswer.objects.in_bulk([one.newest for one in facilities if one.newest])  # type: ignore[attr-defined]
    districts = {one.pk: one for one in SchoolDistrict.objects.all()}
    areas = areas_of()
    origin = origin_of(wanted, districts, facilities)
    keeps = can_keep(member)
    cells = cells_by_day(wanted)
    for facility in facilities:
        answer = answers.get(facility.newest)  # type: ignore[attr-defined]
        fetched = frozenset(answer.districts if answer and answer.districts else areas.get(facility.pk, ()))
        distance = None if origin is None else distance_km(origin, facility)
        if takes(facility, answer, fetched, wanted) and is_near(distance, wanted):
            free, ask = days_open(answer.grid if answer else grid.EMPTY, cells)
            names = tuple(one.name for pk, one in districts.items() if pk in fetched)
            can_confirm = keeps or facility.organization_id == member.organization_id
            yield Row(facility, answer, wanted, can_confirm, names, distance, free, ask)


def with_newest(member: Member, wanted: Wanted) -> list[Facility]:
    """The open facilities, each with the key of its newest answer (`newest`): looked up in the index, one by one."""
    newest = AvailabilityAnswer.objects.filter(facility=OuterRef("pk")).order_by("-number").values("pk")[:1]
    found = facilities_with_answers_for(member).open()  # type: ignore[attr-defined]
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind)
    return list(found.select_related("kind", "organization").annotate(newest=Subquery(newest)))


def areas_of() -> dict[UUID, set[UUID]]:
    """From which districts facilities are known to fetch."""
    areas: dict[UUID, set[UUID]] = {}
    for facility, district in PickUpArea.objects.values_list("facility", "district"):
        areas.setdefault(facility, set()).add(district)
    return areas


def takes(facility: Facility, answer: AvailabilityAnswer | None, fetched: frozenset[UUID], wanted: Wanted) -> bool:
    """Whether it takes whom is looked for: as it said last, and where that says nothing as its own page says."""
    ages = answer.ages if answer and answer.ages else facility.age_groups
    said = answer.medical_care if answer else None
    cares = facility.takes_medical_care if said is None else said
    return (
        (not wanted.age or wanted.age in ages)
        and (not wanted.needs_medical_care or cares)
        and (not wanted.picked_up or facility.picks_up)
        and (wanted.district is None or wanted.district in fetched)
    )


def is_near(distance: float | None, wanted: Wanted) -> bool:
    return wanted.within_km is None or wanted.near is None or (distance is not None and distance <= wanted.within_km)


def cells_by_day(wanted: Wanted) -> dict[str, list[str]]:
    """The cells that are looked at for each of the weekdays asked for: named once, not for every facility."""
    days = wanted.weekdays or grid.WEEKDAYS
    return {day: list(grid.keys_of([day], wanted.bands, wanted.ages)) for day in days}


def days_open(said: Grid, cells: dict[str, list[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The weekdays asked for on which there are places, and those on which one may talk."""
    best = {day: said.best(names) for day, names in cells.items()}
    free = tuple(day for day, found in best.items() if grid.is_free(found))
    return free, tuple(day for day, found in best.items() if grid.is_open(found) and day not in free)


def origin_of(
    wanted: Wanted, districts: dict[UUID, SchoolDistrict], facilities: list[Facility]
) -> SchoolDistrict | Facility | None:
    """From where distances are reckoned; nowhere where it is not known, or not seen."""
    if wanted.near is None:
        return None
    places: list[SchoolDistrict | Facility] = [*districts.values(), *facilities]
    return next((one for one in places if one.pk == wanted.near and one.is_located), None)


def distance_km(origin: SchoolDistrict | Facility, place: Facility) -> float | None:
    """The way of the crow over a round earth (haversine); None where a place is not known."""
    if not (origin.is_located and place.is_located):
        return None
    here, there = radians(origin.latitude or 0), radians(place.latitude or 0)
    east = radians((place.longitude or 0) - (origin.longitude or 0))
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
