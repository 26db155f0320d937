"""Mentions stay inside their environment and are never changed, only written and taken away with the words."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, SameEnvironment, TenantTable

TABLES = ("rooms_mention", "rooms_mentioned")


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0037_mentions"),
    ]
    operations = [
        *(TenantTable(table) for table in TABLES),
        SameEnvironment("rooms_mention", "message_id", "rooms_message"),
        SameEnvironment("rooms_mention", "member_id", "environments_member"),
        SameEnvironment("rooms_mention", "organization_id", "environments_organization"),
        SameEnvironment("rooms_mentioned", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_mentioned", "member_id", "environments_member"),
        migrations.RunSQL(
            """
            ALTER TABLE rooms_mentioned ADD CONSTRAINT a_person_is_called_by_a_message_that_is_there
            FOREIGN KEY (room_id, number) REFERENCES rooms_message (room_id, number)
            """,
            "ALTER TABLE rooms_mentioned DROP CONSTRAINT a_person_is_called_by_a_message_that_is_there",
        ),
        *(
            migrations.RunSQL(
                f"REVOKE UPDATE, TRUNCATE ON {table} FROM {APP_ROLE}", f"GRANT UPDATE ON {table} TO {APP_ROLE}"
            )
            for table in TABLES
        ),
    ]
