"""Papers stay inside their environment, and a consent is shown by a paper of its own client."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0010_papers"),
    ]
    operations = [
        TenantTable("clients_clientpaper"),
        SameEnvironment("clients_clientpaper", "client_id", "clients_client"),
        SameEnvironment("clients_clientpaper", "uploaded_by_id", "environments_member"),
        SameEnvironment("clients_clientpaper", "removed_by_id", "environments_member"),
        SameEnvironment("clients_consentrecord", "paper_id", "clients_clientpaper"),
        migrations.RunSQL(
            sql=[
                "ALTER TABLE clients_clientpaper ADD CONSTRAINT papers_within_their_client UNIQUE (id, client_id)",
                """
                ALTER TABLE clients_consentrecord ADD CONSTRAINT a_consent_is_shown_by_a_paper_of_its_client
                FOREIGN KEY (paper_id, client_id) REFERENCES clients_clientpaper (id, client_id)
                DEFERRABLE INITIALLY DEFERRED
                """,
            ],
            reverse_sql=[
                "ALTER TABLE clients_consentrecord DROP CONSTRAINT a_consent_is_shown_by_a_paper_of_its_client",
                "ALTER TABLE clients_clientpaper DROP CONSTRAINT papers_within_their_client",
            ],
        ),
    ]
