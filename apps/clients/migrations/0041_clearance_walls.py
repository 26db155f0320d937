"""The word that a paper shows no place stays inside its environment, is of one client, and is written once."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable, WriteOnce


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0040_papers_are_cleared"),
    ]
    operations = [
        TenantTable("clients_clearance"),
        SameEnvironment("clients_clearance", "paper_id", "clients_clientpaper"),
        SameEnvironment("clients_clearance", "protection_id", "clients_protection"),
        SameEnvironment("clients_clearance", "said_by_id", "environments_member"),
        SameEnvironment("clients_clearance", "taken_back_by_id", "environments_member"),
        WriteOnce("clients_clearance"),
    ]
