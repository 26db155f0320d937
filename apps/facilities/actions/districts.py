"""Keep the list of school districts, and say to whom the board is shown."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.facilities.access import check_can_keep_districts
from apps.facilities.models import BoardPolicy, PickUpArea, SchoolDistrict, Shown
from apps.facilities.refusals import DistrictKnown


@transaction.atomic
def add_district(
    *, name: str, number: int, latitude: float | None = None, longitude: float | None = None, by: Member
) -> SchoolDistrict:
    check_can_keep_districts(by)

    place = {"latitude": latitude, "longitude": longitude}
    try:
        with transaction.atomic():
            district: SchoolDistrict = SchoolDistrict.objects.create(
                environment=by.environment, name=name, number=number, **place
            )
    except IntegrityError as error:
        raise DistrictKnown from error
    audit.record(verb="facilities.district_added", subject=district, by=by)
    return district


@transaction.atomic
def change_district(
    *,
    district: SchoolDistrict,
    name: str,
    number: int,
    latitude: float | None = None,
    longitude: float | None = None,
    by: Member,
) -> SchoolDistrict:
    """Another name, another place in the list, another location."""
    check_can_keep_districts(by)

    district.name, district.number = name, number
    district.latitude, district.longitude = latitude, longitude
    try:
        with transaction.atomic():
            district.save(update_fields=["name", "number", "latitude", "longitude"])
    except IntegrityError as error:
        raise DistrictKnown(subject=district) from error
    audit.record(verb="facilities.district_changed", subject=district, by=by)
    return district


@transaction.atomic
def remove_district(*, district: SchoolDistrict, by: Member) -> None:
    """Take it out of the list, and out of what facilities are known to fetch from. Answers so far keep its id."""
    check_can_keep_districts(by)

    left = PickUpArea.objects.filter(district=district).delete()[0]
    audit.record(verb="facilities.district_removed", subject=district, by=by, detail={"facilities": left})
    district.delete()


@transaction.atomic
def publish_board(*, shown_to: Shown, by: Member) -> None:
    """Say to whom the board is shown beside the city."""
    check_can_keep_districts(by)

    said = {"shown_to": shown_to, "changed_at": timezone.now(), "changed_by": by}
    BoardPolicy.objects.update_or_create(environment=by.environment, defaults=said)
    audit.record(verb="facilities.board_published", subject=by.environment, by=by, detail={"shown_to": shown_to})
