"""Facilities and their answers stay inside their environment; an answer is never changed, a facility never removed."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, Kept, SameEnvironment, TenantTable

# All that may be said anew of a facility: not whose it is, nor who wrote it down.
SAID_ANEW = [
    *("organization_id", "kind_id", "name", "kana", "phone", "fax", "postal_code", "address", "latitude", "longitude"),
    *("capacity", "age_groups", "takes_medical_care", "picks_up", "closed_on"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("facilities", "0001_initial"),
    ]
    operations = [
        TenantTable("facilities_schooldistrict"),
        TenantTable("facilities_facility"),
        SameEnvironment("facilities_facility", "organization_id", "environments_organization"),
        SameEnvironment("facilities_facility", "registered_by_id", "environments_member"),
        Kept("facilities_facility", but=SAID_ANEW),
        TenantTable("facilities_pickuparea"),
        SameEnvironment("facilities_pickuparea", "facility_id", "facilities_facility"),
        SameEnvironment("facilities_pickuparea", "district_id", "facilities_schooldistrict"),
        TenantTable("facilities_availabilityanswer"),
        SameEnvironment("facilities_availabilityanswer", "facility_id", "facilities_facility"),
        SameEnvironment("facilities_availabilityanswer", "confirmed_by_id", "environments_member"),
        AppendOnly("facilities_availabilityanswer"),
        TenantTable("facilities_boardpolicy"),
        SameEnvironment("facilities_boardpolicy", "changed_by_id", "environments_member"),
    ]
