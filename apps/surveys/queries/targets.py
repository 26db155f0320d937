"""Whom a draft can ask: organizations by kind, facilities by service; which of them it asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.environments.models import Member, Organization
from apps.environments.queries import holds
from apps.facilities.models import Facility
from apps.kernel.folding import fold
from apps.surveys.access import facilities_to_ask, organizations_to_ask
from apps.surveys.models import Recipient, Survey


@dataclass(frozen=True)
class Target:
    """One that can be asked; `key` is what a browser sends for it."""

    key: str
    name: str
    note: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """Those of one kind."""

    key: str
    name: str
    targets: list[Target]

    @property
    def chosen(self) -> int:
        return sum(1 for one in self.targets if one.is_chosen)


def groups_to_ask(member: Member, survey: Survey, typed: str = "") -> list[Group]:
    """All of them by kind, or those whose name, reading, address or school districts hold every typed word: a few statements."""
    chosen = chosen_keys(survey)
    found: dict[tuple[str, str], list[Target]] = {}
    wanted = fold(typed).split()
    for one in organizations_to_ask(member).exclude(pk=survey.organization_id).select_related("office"):
        key = f"o:{one.pk}"
        address = one.office.address if one.office is not None else ""
        if holds(wanted, one.name, one.kana, address):
            target = Target(key=key, name=one.name, note=address, is_chosen=key in chosen)
            found.setdefault((f"o:{one.kind}", one.get_kind_display()), []).append(target)
    for place in facilities_to_ask(member).prefetch_related("districts"):
        districts = [one.name for one in place.districts.all()]
        key = f"f:{place.pk}"
        if holds(wanted, place.name, place.kana, place.address, *districts):
            target = Target(key=key, name=place.name, note=place.address, is_chosen=key in chosen)
            found.setdefault((f"f:{place.kind_id}", place.kind.name), []).append(target)
    return [Group(key, name, targets) for (key, name), targets in sorted(found.items(), key=lambda item: item[0])]


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
