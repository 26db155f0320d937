"""Exports stay inside their environment and are never removed; only how far they are may change."""

from django.db import migrations

from apps.kernel.walls import Kept, SameEnvironment, TenantTable

STATE = ["done", "of", "made_at", "failed_at", "ended_at", "stored_as", "size", "sha256"]


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0007_exports"),
    ]
    operations = [
        TenantTable("oversight_export"),
        SameEnvironment("oversight_export", "asked_by_id", "environments_member"),
        Kept("oversight_export", but=STATE),
    ]
