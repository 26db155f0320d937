"""What people mark for themselves stays inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0018_message_marks"),
    ]
    operations = [
        TenantTable("rooms_messagemark"),
        SameEnvironment("rooms_messagemark", "message_id", "rooms_message"),
        SameEnvironment("rooms_messagemark", "member_id", "environments_member"),
    ]
