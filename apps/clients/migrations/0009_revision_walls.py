"""What stood in a record before stays, inside its environment."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0008_records"),
    ]
    operations = [
        TenantTable("clients_revision"),
        SameEnvironment("clients_revision", "client_id", "clients_client"),
        SameEnvironment("clients_revision", "changed_by_id", "environments_member"),
        AppendOnly("clients_revision"),
    ]
