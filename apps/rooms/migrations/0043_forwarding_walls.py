"""Forwardings stay inside their environment and never change."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0042_forwardings"),
    ]
    operations = [
        TenantTable("rooms_forwarding"),
        SameEnvironment("rooms_forwarding", "message_id", "rooms_message"),
        SameEnvironment("rooms_forwarding", "source_id", "rooms_message"),
        AppendOnly("rooms_forwarding"),
    ]
