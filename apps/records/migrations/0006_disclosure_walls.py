"""Disclosures stay inside their environment and are never removed; only how far they are may change."""

from django.db import migrations

from apps.kernel.walls import Kept, SameEnvironment, TenantTable

STATE = ["done", "files", "made_at", "failed_at", "ended_at", "stored_as", "size", "sha256"]


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_disclosures"),
    ]
    operations = [
        TenantTable("records_disclosure"),
        SameEnvironment("records_disclosure", "room_id", "rooms_talkroom"),
        SameEnvironment("records_disclosure", "asked_by_id", "environments_member"),
        Kept("records_disclosure", but=STATE),
    ]
