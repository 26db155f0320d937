"""Sheets and scans stay inside their environment, are never removed, and what a scan is of never changes."""

from django.db import migrations

from apps.kernel.walls import Kept, SameEnvironment, TenantTable

SHEET, SCAN = "paper_sheet", "paper_scan"
MEMBER, ORGANIZATION = "environments_member", "environments_organization"


class Migration(migrations.Migration):
    dependencies = [
        ("paper", "0001_initial"),
    ]
    operations = [
        TenantTable(SHEET),
        SameEnvironment(SHEET, "organization_id", ORGANIZATION),
        SameEnvironment(SHEET, "made_by_id", MEMBER),
        SameEnvironment(SHEET, "voided_by_id", MEMBER),
        Kept(SHEET, but=["layout", "printed_at", "answered_at", "voided_at", "voided_by_id"]),
        TenantTable(SCAN),
        SameEnvironment(SCAN, "organization_id", ORGANIZATION),
        SameEnvironment(SCAN, "uploaded_by_id", MEMBER),
        SameEnvironment(SCAN, "settled_by_id", MEMBER),
        SameEnvironment(SCAN, "sheet_id", SHEET),
        Kept(SCAN, but=["read_at", "sheet_id", "page", "marks", "reason", "settled_at", "settled_by_id"]),
    ]
