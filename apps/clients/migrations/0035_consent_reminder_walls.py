"""That an end was announced stays written; what shows a consent is added and never replaced."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable

EVIDENCE_STAYS = """
CREATE FUNCTION clients_evidence_is_never_replaced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'the evidence of a consent is added, never replaced' USING
        ERRCODE = 'check_violation', CONSTRAINT = 'evidence_is_added_never_replaced', TABLE = TG_TABLE_NAME;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0034_consents_end_announced"),
    ]
    operations = [
        TenantTable("clients_consentreminder"),
        SameEnvironment("clients_consentreminder", "consent_id", "clients_consentrecord"),
        AppendOnly("clients_consentreminder"),
        migrations.RunSQL(EVIDENCE_STAYS, "DROP FUNCTION clients_evidence_is_never_replaced()"),
        migrations.RunSQL(
            """
            CREATE TRIGGER evidence_is_never_replaced BEFORE UPDATE ON clients_consentrecord FOR EACH ROW
            WHEN (OLD.paper_id IS NOT NULL AND NEW.paper_id IS DISTINCT FROM OLD.paper_id
                OR OLD.form_id IS NOT NULL AND NEW.form_id IS DISTINCT FROM OLD.form_id)
            EXECUTE FUNCTION clients_evidence_is_never_replaced()
            """,
            "DROP TRIGGER evidence_is_never_replaced ON clients_consentrecord",
        ),
    ]
