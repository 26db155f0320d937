"""The database keeps the ledger: readable in one's own environment, never changed, removed or truncated."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("kernel", "0001_role_and_extensions"),
    ]
    operations = [
        TenantTable("audit_entry", or_none=True),
        AppendOnly("audit_entry"),
    ]
