"""Clients, seats and grants stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import EnvironmentFromParent, SameEnvironment, TenantTable

GRANTS = ["clients_clientuserobjectpermission", "clients_clientgroupobjectpermission"]


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0001_initial"),
        ("environments", "0002_walls"),
    ]
    operations = [
        TenantTable("clients_client"),
        TenantTable("clients_seat"),
        SameEnvironment("clients_seat", "client_id", "clients_client"),
        SameEnvironment("clients_seat", "organization_id", "environments_organization"),
        SameEnvironment("clients_seat", "given_by_id", "environments_member"),
        SameEnvironment("clients_seat", "ended_by_id", "environments_member"),
        *[
            operation
            for table in GRANTS
            for operation in (
                EnvironmentFromParent(table, "content_object_id", "clients_client"),
                TenantTable(table),
                SameEnvironment(table, "content_object_id", "clients_client"),
            )
        ],
    ]
