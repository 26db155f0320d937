"""Notifications stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("environments", "0002_walls"),
    ]
    operations = [
        TenantTable("notices_notification"),
        SameEnvironment("notices_notification", "receiver_id", "environments_member"),
    ]
