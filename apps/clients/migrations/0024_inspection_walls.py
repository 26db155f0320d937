"""Inspections stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0023_inspections"),
    ]
    operations = [
        TenantTable("clients_inspection"),
        SameEnvironment("clients_inspection", "client_id", "clients_client"),
        SameEnvironment("clients_inspection", "member_id", "environments_member"),
    ]
