"""Consents and their audiences stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0003_consents"),
    ]
    operations = [
        SameEnvironment("clients_client", "division_id", "environments_organization"),
        TenantTable("clients_consentrecord"),
        SameEnvironment("clients_consentrecord", "client_id", "clients_client"),
        SameEnvironment("clients_consentrecord", "recorded_by_id", "environments_member"),
        SameEnvironment("clients_consentrecord", "withdrawn_by_id", "environments_member"),
        TenantTable("clients_audience"),
        SameEnvironment("clients_audience", "consent_id", "clients_consentrecord"),
        SameEnvironment("clients_audience", "organization_id", "environments_organization"),
    ]
