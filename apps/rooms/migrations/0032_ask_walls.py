"""Who has confirmed what stays inside its environment, is never taken back, and a message may be given its question."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, AppendOnly, Kept, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0031_asks"),
    ]
    operations = [
        TenantTable("rooms_ask"),
        SameEnvironment("rooms_ask", "message_id", "rooms_message"),
        SameEnvironment("rooms_ask", "asked_by_id", "environments_member"),
        Kept("rooms_ask", but=["reminded_at"]),
        TenantTable("rooms_acknowledgement"),
        SameEnvironment("rooms_acknowledgement", "ask_id", "rooms_ask"),
        SameEnvironment("rooms_acknowledgement", "member_id", "environments_member"),
        AppendOnly("rooms_acknowledgement"),
        migrations.RunSQL(
            f"GRANT UPDATE (asked_of) ON rooms_message TO {APP_ROLE}",
            f"REVOKE UPDATE (asked_of) ON rooms_message FROM {APP_ROLE}",
        ),
    ]
