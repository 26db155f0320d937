"""What the sealer wrote is read in one's own environment, and never changed, removed or truncated."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, TenantTable

TABLES = ["audit_leaf", "audit_tile", "audit_signingkey", "audit_treehead"]


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_entries_of_an_environment"),
    ]
    operations = [
        *(TenantTable(table, or_none=True) for table in TABLES),
        *(AppendOnly(table) for table in TABLES),
    ]
