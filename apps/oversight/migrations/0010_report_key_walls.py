"""Keys of reports stay inside their environment, and are neither changed nor removed."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0009_report_keys"),
    ]
    operations = [
        TenantTable("oversight_reportkey"),
        AppendOnly("oversight_reportkey"),
    ]
