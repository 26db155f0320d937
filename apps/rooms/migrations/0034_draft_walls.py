"""Drafts stay inside their environment, and answer only messages of their own room."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0033_drafts"),
    ]
    operations = [
        TenantTable("rooms_draft"),
        SameEnvironment("rooms_draft", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_draft", "member_id", "environments_member"),
        migrations.RunSQL(
            """
            ALTER TABLE rooms_draft ADD CONSTRAINT a_draft_answers_a_message_of_its_room
                FOREIGN KEY (room_id, answers) REFERENCES rooms_message (room_id, number)
            """,
            "ALTER TABLE rooms_draft DROP CONSTRAINT a_draft_answers_a_message_of_its_room",
        ),
    ]
