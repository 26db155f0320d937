"""Reactions stay inside their environment; each is said or taken back, and never changed."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0029_reactions"),
    ]
    operations = [
        TenantTable("rooms_reaction"),
        SameEnvironment("rooms_reaction", "message_id", "rooms_message"),
        SameEnvironment("rooms_reaction", "member_id", "environments_member"),
        migrations.RunSQL(
            f"REVOKE UPDATE, TRUNCATE ON rooms_reaction FROM {APP_ROLE}",
            f"GRANT UPDATE ON rooms_reaction TO {APP_ROLE}",
        ),
    ]
