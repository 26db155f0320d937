"""Whom a draft can ask: organizations by kind, facilities by service; which of them it asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from apps.environments.models import Member, Organization
from apps.environments.queries import holds
from apps.facilities.models import Facility, SchoolDistrict
from apps.kernel.folding import fold
from apps.surveys.access import facilities_to_ask, lists_of, organizations_to_ask
from apps.surveys.areas import area_of, is_in
from apps.surveys.models import ListedTarget, Recipient, Survey, TargetList


@dataclass(frozen=True)
class Target:
    """One that can be asked; `key` is what a browser sends for it."""

    key: str
    name: str
    note: str
    is_chosen: bool
    # Of a facility, the key of the organization that runs it.
    run_by: str = ""


@dataclass(frozen=True)
class Group:
    """Those of one kind."""

    key: str
    name: str
    targets: list[Target]

    @property
    def chosen(self) -> int:
        return sum(1 for one in self.targets if one.is_chosen)


@dataclass(frozen=True)
class Narrowed:
    """Which of them are shown: those with every typed word, of one kind, fetching from one school district, in one area
    (areas.py)."""

    typed: str = ""
    kind: str = ""
    district: str = ""
    area: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.typed or self.kind or self.district or self.area)


def groups_to_ask(member: Member, survey: Survey, narrowed: Narrowed | None = None) -> list[Group]:
    """All of them by kind, or those that are looked for, by name, reading, address or school district: a few statements."""
    narrowed = narrowed or Narrowed()
    found: dict[tuple[str, str], list[Target]] = {}
    for kind, target in targets_found(member, survey, narrowed):
        if narrowed.kind in {"", kind[0]}:
            found.setdefault(kind, []).append(target)
    return [Group(key, name, targets) for (key, name), targets in sorted(found.items(), key=lambda item: item[0])]


def targets_found(member: Member, survey: Survey, narrowed: Narrowed) -> Iterator[tuple[tuple[str, str], Target]]:
    """Each with its kind. Whoever looks for a school district is shown no organization, which fetches from none."""
    chosen, wanted = chosen_keys(survey), fold(narrowed.typed).split()
    for one in organizations_to_ask(member).exclude(pk=survey.organization_id).select_related("office"):
        key, address = f"o:{one.pk}", one.office.address if one.office is not None else ""
        is_there = not narrowed.district and is_in(address, narrowed.area)
        if is_there and holds(wanted, one.name, one.kana, address):
            yield (f"o:{one.kind}", one.get_kind_display()), Target(key, one.name, address, key in chosen)
    for place in facilities_to_ask(member).prefetch_related("districts"):
        key, districts = f"f:{place.pk}", {str(one.pk): one.name for one in place.districts.all()}
        is_there = (not narrowed.district or narrowed.district in districts) and is_in(place.address, narrowed.area)
        if is_there and holds(wanted, place.name, place.kana, place.address, *districts.values()):
            run_by = f"o:{place.organization_id}" if place.organization_id else ""
            target = Target(key, place.name, place.address, key in chosen, run_by)
            yield (f"f:{place.kind_id}", place.kind.name), target


def asked_once(keys: Iterable[str], groups: Iterable[Group]) -> set[str]:
    """The same keys without the organizations of which a facility is among them: no office is asked twice."""
    keys = set(keys)
    return keys - {one.run_by for group in groups for one in group.targets if one.key in keys}


def districts_to_ask() -> list[SchoolDistrict]:
    """From which facilities may fetch."""
    return list(SchoolDistrict.objects.order_by("name"))


def areas_to_ask(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """Where the addresses of those who can be asked lie, each with what a list shows of it: a municipality, then its
    towns below it; of several municipalities alone no town is told apart from its like."""
    found: dict[str, set[str]] = {}
    for group in groups:
        for one in group.targets:
            municipality, town = area_of(one.note)
            if municipality:
                found.setdefault(municipality, set()).update({town} - {""})
    shown: list[tuple[str, str]] = []
    for municipality, towns in sorted(found.items()):
        shown += [(municipality, municipality), *[(f"{municipality} {one}", f"　{one}") for one in sorted(towns)]]
    return shown


def keys_of_list(target_list: TargetList) -> set[str]:
    return {one.key for one in ListedTarget.objects.filter(target_list=target_list)}


def lists_shown(member: Member) -> list[TargetList]:
    """The lists of the organization with `number`, how many each holds."""
    return list(lists_of(member).annotate(number=Count("targets")).order_by("name"))


def chosen_keys(survey: Survey) -> set[str]:
    asked = Recipient.objects.filter(survey=survey).values_list("organization", "facility")
    return {f"f:{place}" if office is None else f"o:{office}" for office, place in asked}


def targets_named(member: Member, keys: Iterable[str]) -> dict[str, list[Any]]:
    """What the keys stand for, as `actions.choose_recipients` takes it; what they do not stand for is left out."""
    named = set(keys)
    offices: list[Organization] = [one for one in organizations_to_ask(member) if f"o:{one.pk}" in named]
    places: list[Facility] = [one for one in facilities_to_ask(member) if f"f:{one.pk}" in named]
    return {"organizations": offices, "facilities": places}


@dataclass(frozen=True)
class Reach:
    """How many are asked, and how many of them hear of it by their account."""

    asked: int
    with_account: int

    @property
    def without(self) -> int:
        return self.asked - self.with_account


def reach_of(survey: Survey) -> Reach:
    """An office is reached while somebody acts for it."""
    offices = [one.office_id for one in Recipient.objects.filter(survey=survey).select_related("facility")]
    people = Member.objects.current().filter(organization__in=[one for one in offices if one is not None])
    present = set(people.values_list("organization", flat=True))
    return Reach(asked=len(offices), with_account=sum(1 for one in offices if one in present))
