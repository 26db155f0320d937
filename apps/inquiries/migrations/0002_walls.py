"""Inquiries stay inside their environment; what was asked, for whom, of whom and to whom it was told stays as it is."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, Kept, SameEnvironment, TenantTable

INQUIRY, FOR_WHOM, RECIPIENT = "inquiries_inquiry", "inquiries_inquiryclient", "inquiries_recipient"
REPLY, RELEASE = "inquiries_inquiryreply", "inquiries_release"
MEMBER, ORGANIZATION = "environments_member", "environments_organization"
SAID = ["version", "said", "reasons", "from_on", "remark", "changed_at", "answered_by_id"]


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0001_initial"),
        ("clients", "0043_lists_are_analyzed_soon"),
        ("facilities", "0002_walls"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(INQUIRY),
        SameEnvironment(INQUIRY, "organization_id", ORGANIZATION),
        SameEnvironment(INQUIRY, "created_by_id", MEMBER),
        SameEnvironment(INQUIRY, "closed_by_id", MEMBER),
        SameEnvironment(INQUIRY, "district_id", "facilities_schooldistrict"),
        Kept(INQUIRY, but=["closed_at", "closed_by_id", "closing"]),
        TenantTable(FOR_WHOM),
        SameEnvironment(FOR_WHOM, "inquiry_id", INQUIRY),
        SameEnvironment(FOR_WHOM, "client_id", "clients_client"),
        AppendOnly(FOR_WHOM),
        TenantTable(RECIPIENT),
        SameEnvironment(RECIPIENT, "inquiry_id", INQUIRY),
        SameEnvironment(RECIPIENT, "organization_id", ORGANIZATION),
        SameEnvironment(RECIPIENT, "facility_id", "facilities_facility"),
        AppendOnly(RECIPIENT),
        TenantTable(REPLY),
        SameEnvironment(REPLY, "recipient_id", RECIPIENT),
        SameEnvironment(REPLY, "answered_by_id", MEMBER),
        Kept(REPLY, but=SAID),
        TenantTable(RELEASE),
        SameEnvironment(RELEASE, "inquiry_id", INQUIRY),
        SameEnvironment(RELEASE, "recipient_id", RECIPIENT),
        SameEnvironment(RELEASE, "consent_id", "clients_consentrecord"),
        SameEnvironment(RELEASE, "released_by_id", MEMBER),
        AppendOnly(RELEASE),
    ]
