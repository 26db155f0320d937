"""Makers of facilities, of school districts and of what was answered."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.directory.kinds import published
from apps.directory.models import ServiceKind, System
from apps.environments.models import Member, Organization
from apps.facilities.models import AvailabilityAnswer, BoardPolicy, Facility, PickUpArea, SchoolDistrict

counted = itertools.count(1)


def make_kind(code: str = "63", system: str = System.SHOGAI) -> ServiceKind:
    """A published kind: 児童発達支援 unless told."""
    known = next(kind for kind in published() if (kind.system, kind.code) == (system, code))
    kind, _ = ServiceKind.objects.get_or_create(
        system=system, code=code, opendata_code=known.opendata_code, defaults={"name": known.name}
    )
    return kind


def make_facility(by: Member, *, organization: Organization | None = None, **fields: Any) -> Facility:
    """A child-development facility, written down by this member; without an account unless it has an organization."""
    about = {"name": f"こどもの家 {next(counted)}", "kana": "こどものいえ", "age_groups": ["preschool"]}
    kind = fields.pop("kind", None) or make_kind()
    return Facility.objects.create(
        environment=by.environment, organization=organization, registered_by=by, kind=kind, **{**about, **fields}
    )


def make_district(by: Member, name: str = "", **fields: Any) -> SchoolDistrict:
    return SchoolDistrict.objects.create(
        environment=by.environment, name=name or f"第{next(counted)}小学校区", **fields
    )


def make_area(facility: Facility, district: SchoolDistrict) -> PickUpArea:
    return PickUpArea.objects.create(environment=facility.environment, facility=facility, district=district)


def make_answer(
    facility: Facility, *, by: Member | None, days_ago: float = 0, number: int = 1, **fields: Any
) -> AvailabilityAnswer:
    """Monday afternoons are free for children before school, confirmed so many days ago."""
    said = {"cells": {"mon.afternoon.preschool": "free"}, "source": "own" if by else "paper"}
    return AvailabilityAnswer.objects.create(
        environment=facility.environment,
        facility=facility,
        number=number,
        confirmed_by=by,
        confirmed_at=timezone.now() - timedelta(days=days_ago),
        **{**said, **fields},
    )


def make_board_policy(by: Member, shown_to: str = "partners") -> BoardPolicy:
    return BoardPolicy.objects.create(environment=by.environment, shown_to=shown_to, changed_by=by)


def make_answered_facility(by: Member) -> Facility:
    """A facility of this member's organization with an answer of today, which fetches children from one district."""
    facility = make_facility(by, organization=by.organization)
    make_area(facility, make_district(by))
    make_answer(facility, by=by)
    return facility
