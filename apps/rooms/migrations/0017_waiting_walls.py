"""What waits to be sent, and how people like to write, stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0016_waiting_messages"),
    ]
    operations = [
        TenantTable("rooms_waitingmessage"),
        SameEnvironment("rooms_waitingmessage", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_waitingmessage", "author_id", "environments_member"),
        TenantTable("rooms_writinghabits"),
        SameEnvironment("rooms_writinghabits", "member_id", "environments_member"),
    ]
