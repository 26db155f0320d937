"""Legal exceptions stay inside their environment, and what was written of them stays as it was."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable, WriteOnce


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0012_exceptions"),
    ]
    operations = [
        TenantTable("clients_legalexception"),
        SameEnvironment("clients_legalexception", "client_id", "clients_client"),
        SameEnvironment("clients_legalexception", "member_id", "environments_member"),
        SameEnvironment("clients_legalexception", "second_id", "environments_member"),
        SameEnvironment("clients_legalexception", "ended_by_id", "environments_member"),
        SameEnvironment("clients_legalexception", "reviewed_by_id", "environments_member"),
        WriteOnce("clients_legalexception"),
        TenantTable("clients_silentorganization"),
        SameEnvironment("clients_silentorganization", "exception_id", "clients_legalexception"),
        SameEnvironment("clients_silentorganization", "organization_id", "environments_organization"),
        AppendOnly("clients_silentorganization"),
    ]
