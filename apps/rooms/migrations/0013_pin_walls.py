"""Pins stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0012_pins"),
    ]
    operations = [
        TenantTable("rooms_roompin"),
        SameEnvironment("rooms_roompin", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_roompin", "member_id", "environments_member"),
    ]
