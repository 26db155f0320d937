"""Write facilities down: from the public directory, many at once, or by hand; change what is known of one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.audit import actions as audit
from apps.directory.models import OfficeService
from apps.directory.numbers import dialled
from apps.environments.models import Member, Organization
from apps.facilities.access import check_can_keep
from apps.facilities.models import Facility, PickUpArea, SchoolDistrict
from apps.facilities.refusals import DistrictUnknown, FacilityKnown
from apps.facilities.suggestions import ages_of, operator_of


@transaction.atomic
def register_from_directory(*, services: Iterable[OfficeService], by: Member) -> list[Facility]:
    """Write down these services of offices as the public directory knows them; returns those that were not there yet.

    A service whose office takes part as an organization belongs to it from the beginning.
    """
    check_can_keep(by)

    there = set(Facility.objects.filter(office__isnull=False).values_list("office", "kind"))
    wanted = {(one.office_id, one.kind_id): one for one in services}
    organizations = {one.office_id: one for one in Organization.objects.exclude(office=None)}
    new = [
        Facility(
            organization=organizations.get(one.office_id), environment=by.environment, registered_by=by, **told(one)
        )
        for pair, one in wanted.items()
        if pair not in there
    ]
    # Somebody else may write down the same ones in this moment: theirs stand.
    Facility.objects.bulk_create(new, ignore_conflicts=True)
    made = list(Facility.objects.filter(pk__in=[one.pk for one in new]).order_by("kana", "name", "id"))
    for one in made:
        audit.record(verb="facilities.registered", subject=one, by=by)
    return made


def told(service: OfficeService) -> dict[str, Any]:
    """What the directory says of a service, as far as it fits."""
    return {
        "office_id": service.office_id,
        "kind_id": service.kind_id,
        "name": service.name[:120],
        "kana": service.kana[:120],
        "phone": dialled(service.phone) or service.phone[:40],
        "fax": dialled(service.fax) or service.fax[:40],
        "address": " ".join(filter(None, [service.address, service.building]))[:200],
        "latitude": service.latitude,
        "longitude": service.longitude,
        "capacity": service.capacity if service.capacity and service.capacity <= 9_999 else None,
        "age_groups": ages_of(service.kind),
        "operator": operator_of(service.corporate_name, service.corporate_number),
    }


@transaction.atomic
def register_by_hand(*, about: dict[str, Any], districts: Iterable[UUID] = (), by: Member) -> Facility:
    """Write down a facility that the directory does not know. `about` are fields of `Facility`."""
    check_can_keep(by)

    try:
        with transaction.atomic():
            facility: Facility = Facility.objects.create(environment=by.environment, registered_by=by, **about)
    except IntegrityError as error:
        raise FacilityKnown from error
    fetch_from(facility, districts)
    audit.record(verb="facilities.registered", subject=facility, by=by)
    return facility


@transaction.atomic
def change_facility(*, facility: Facility, about: dict[str, Any], districts: Iterable[UUID], by: Member) -> Facility:
    """Say anew what is known of a facility, and from which school districts it fetches: those and no others."""
    check_can_keep(by)

    facility = Facility.objects.select_for_update(of=("self",), no_key=True).get(pk=facility.pk)
    changed = sorted(name for name, value in about.items() if getattr(facility, name) != value)
    for name in changed:
        setattr(facility, name, about[name])
    try:
        with transaction.atomic():
            facility.save(update_fields=changed)
    except IntegrityError as error:
        raise FacilityKnown(subject=facility) from error
    if fetch_from(facility, districts):
        changed.append("districts")
    if changed:
        audit.record(verb="facilities.changed", subject=facility, by=by, detail={"changed": changed})
    return facility


def fetch_from(facility: Facility, districts: Iterable[UUID]) -> bool:
    """From these districts and no others; whether that is another set than before."""
    wanted = set(districts)
    if SchoolDistrict.objects.filter(pk__in=wanted).count() != len(wanted):
        raise DistrictUnknown(subject=facility)
    areas = PickUpArea.objects.filter(facility=facility)
    there = set(areas.values_list("district", flat=True))
    areas.filter(district__in=there - wanted).delete()
    PickUpArea.objects.bulk_create(
        PickUpArea(environment_id=facility.environment_id, facility=facility, district_id=one)
        for one in sorted(wanted - there)
    )
    return wanted != there
