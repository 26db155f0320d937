"""Imported files stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0025_imports"),
    ]
    operations = [
        TenantTable("clients_importrun"),
        SameEnvironment("clients_importrun", "organization_id", "environments_organization"),
        SameEnvironment("clients_importrun", "imported_by_id", "environments_member"),
        SameEnvironment("clients_importrun", "taken_back_by_id", "environments_member"),
        SameEnvironment("clients_client", "brought_by_id", "clients_importrun"),
    ]
