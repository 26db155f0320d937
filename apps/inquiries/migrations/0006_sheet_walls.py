"""Which sheet was made for whom stays inside the environment; how an answer came may change with the answer."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, Kept, SameEnvironment, TenantTable

TABLE, REPLY = "inquiries_inquirysheet", "inquiries_inquiryreply"


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0005_inquiries_on_paper"),
        ("paper", "0005_replaced_sheet_walls"),
    ]
    operations = [
        TenantTable(TABLE),
        SameEnvironment(TABLE, "recipient_id", "inquiries_recipient"),
        SameEnvironment(TABLE, "sheet_id", "paper_sheet"),
        Kept(TABLE, but=["replaced_at"]),
        migrations.RunSQL(
            f"GRANT UPDATE (channel) ON {REPLY} TO {APP_ROLE}", f"REVOKE UPDATE (channel) ON {REPLY} FROM {APP_ROLE}"
        ),
    ]
