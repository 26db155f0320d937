"""Wordings and printed forms stay inside their environment and as they were; a consent names a form of its own client."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0030_consent_wordings"),
    ]
    operations = [
        TenantTable("clients_consentwording"),
        SameEnvironment("clients_consentwording", "written_by_id", "environments_member"),
        AppendOnly("clients_consentwording"),
        TenantTable("clients_printedform"),
        SameEnvironment("clients_printedform", "client_id", "clients_client"),
        SameEnvironment("clients_printedform", "wording_id", "clients_consentwording"),
        SameEnvironment("clients_printedform", "printed_by_id", "environments_member"),
        AppendOnly("clients_printedform"),
        SameEnvironment("clients_consentrecord", "form_id", "clients_printedform"),
        migrations.RunSQL(
            sql=[
                "ALTER TABLE clients_printedform ADD CONSTRAINT printed_forms_within_their_client UNIQUE (id, client_id)",
                """
                ALTER TABLE clients_consentrecord ADD CONSTRAINT a_consent_was_signed_on_a_form_of_its_client
                FOREIGN KEY (form_id, client_id) REFERENCES clients_printedform (id, client_id)
                DEFERRABLE INITIALLY DEFERRED
                """,
            ],
            reverse_sql=[
                "ALTER TABLE clients_consentrecord DROP CONSTRAINT a_consent_was_signed_on_a_form_of_its_client",
                "ALTER TABLE clients_printedform DROP CONSTRAINT printed_forms_within_their_client",
            ],
        ),
    ]
