"""What the database itself promises about reference data."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.directory.actions import plant_kinds
from apps.directory.models import Holiday, ImportRun, Municipality, Office, OfficeService, PostalArea, ServiceKind


def office(**values):
    return Office(
        **{"system": "kaigo", "office_number": "0370600017", "name": "さくら", "sort_kana": "サクラ", **values}
    )


def service(**values):
    plant_kinds()
    kept = office()
    kept.save()
    return OfficeService(
        **{
            "office": kept,
            "kind": ServiceKind.objects.get(opendata_code="430"),
            "name": "さくら",
            "prefecture_code": "03",
            "valid_from": date(2026, 1, 1),
            **values,
        }
    )


def refused(row, promise):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("values", "promise"),
    [
        ({"name": ""}, "office_has_a_name"),
        ({"office_number": ""}, "office_has_a_number"),
        ({"system": "other"}, "office_belongs_to_a_known_system"),
        ({"latitude": 39.0}, "office_location_is_in_japan_or_unknown"),
        ({"latitude": 0.0, "longitude": 0.0}, "office_location_is_in_japan_or_unknown"),
        ({"corporate_number": "123"}, "office_corporate_number_has_13_digits_or_none"),
    ],
)
def test_an_impossible_office_cannot_be_stored(db, values, promise):
    refused(office(**values), promise)
    office().save()


def test_a_number_stands_once_in_a_system(db):
    office().save()
    office(system="shogai").save()

    refused(office(), "one_office_per_number_in_a_system")


@pytest.mark.parametrize(
    ("values", "promise"),
    [
        ({"capacity": 0}, "unknown_capacity_is_null_never_zero"),
        ({"valid_to": date(2025, 12, 31)}, "service_never_ends_before_it_begins"),
        ({"name": ""}, "officeservice_has_a_name"),
    ],
)
def test_an_impossible_service_cannot_be_stored(db, values, promise):
    refused(service(**values), promise)


def test_an_office_has_a_kind_of_service_once(db):
    first = service()
    first.save()
    again = OfficeService(
        office=first.office, kind=first.kind, name="さくら", prefecture_code="03", valid_from=first.valid_from
    )

    refused(again, "one_service_of_a_kind_per_office")


@pytest.mark.parametrize("code", ["03206", "03206x", ""])
def test_a_municipality_needs_six_digits(db, code):
    refused(Municipality(lg_code=code, name="北上市", prefecture="岩手県"), "municipality_code_has_six_digits")


def test_a_postal_code_needs_seven_digits_and_a_holiday_a_name(towns):
    refused(PostalArea(postal_code="024", municipality=towns["北上市"]), "postal_code_has_seven_digits")
    refused(Holiday(date=date(2026, 1, 1), name=""), "holiday_has_a_name")


def test_a_kind_stands_once_per_system_and_the_systems_may_share_codes(db):
    plant_kinds()

    assert ServiceKind.objects.filter(code="11").count() == 2
    refused(ServiceKind(system="kaigo", code="43", opendata_code="430", name="x"), "one_kind_per_opendata_code")
    refused(ServiceKind(system="kaigo", code="31", name="x"), "one_unpublished_kind_per_code")


def test_planting_the_kinds_again_changes_nothing(db):
    plant_kinds()
    before = list(ServiceKind.objects.order_by("pk").values())
    plant_kinds()

    assert list(ServiceKind.objects.order_by("pk").values()) == before


def test_the_counts_of_an_import_add_up(db):
    from django.utils import timezone

    now = timezone.now()
    refused(
        ImportRun(layout="kaigo", rows=3, new=1, changed=1, unchanged=0, started_at=now, finished_at=now),
        "every_row_of_an_import_is_accounted_for",
    )
