"""A newer sheet is of the same environment; which one it is, and where answers go back to, is said after the sheet was made."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, SameEnvironment

SHEET = "paper_sheet"


class Migration(migrations.Migration):
    dependencies = [
        ("paper", "0004_sheets_are_replaced"),
    ]
    operations = [
        SameEnvironment(SHEET, "replaced_by_id", SHEET),
        migrations.RunSQL(
            f"GRANT UPDATE (fax, replaced_by_id) ON {SHEET} TO {APP_ROLE}",
            f"REVOKE UPDATE (fax, replaced_by_id) ON {SHEET} FROM {APP_ROLE}",
        ),
    ]
