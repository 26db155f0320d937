"""Charges and transfers stay inside their environment; writing a client's division begins and ends charges by itself."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable

CHARGE, TRANSFER, LINE = "clients_charge", "clients_transfer", "clients_transferline"

# The column is the present tense of the periods. A verb that has written the periods first finds nothing left to do here.
KEPT = """
CREATE FUNCTION clients_division_is_a_charge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'INSERT' THEN
        moment := least(NEW.registered_at, moment);
    ELSIF NEW.division_id IS NOT DISTINCT FROM OLD.division_id THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT FROM clients_charge WHERE client_id = NEW.id AND division_id = NEW.division_id AND valid_to IS NULL
    ) THEN
        RETURN NULL;
    END IF;
    UPDATE clients_charge SET valid_to = greatest(valid_from, moment)
    WHERE client_id = NEW.id AND (valid_to IS NULL OR valid_to > moment);
    IF NEW.division_id IS NOT NULL THEN
        INSERT INTO clients_charge (id, environment_id, client_id, division_id, valid_from)
        VALUES (gen_random_uuid(), NEW.environment_id, NEW.id, NEW.division_id, moment);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER division_is_a_charge AFTER INSERT OR UPDATE OF division_id ON clients_client
FOR EACH ROW EXECUTE FUNCTION clients_division_is_a_charge();
"""
FORGOTTEN = """
DROP TRIGGER division_is_a_charge ON clients_client;
DROP FUNCTION clients_division_is_a_charge();
"""

# Of a charge only an end that has not passed is set, moved or taken back; what was is never overwritten.
ONLY_THE_END = """
CREATE FUNCTION clients_charges_are_ended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.valid_to <= clock_timestamp() - interval '1 minute'
        OR to_jsonb(NEW) - ARRAY['valid_to', 'environment_id'] IS DISTINCT FROM
            to_jsonb(OLD) - ARRAY['valid_to', 'environment_id']
    THEN
        RAISE EXCEPTION 'charges are ended, never overwritten' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'charges_are_never_overwritten', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_the_end_changes BEFORE UPDATE ON clients_charge
FOR EACH ROW EXECUTE FUNCTION clients_charges_are_ended();
"""
NOTHING_ENDED = """
DROP TRIGGER only_the_end_changes ON clients_charge;
DROP FUNCTION clients_charges_are_ended();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0020_charges"),
    ]
    operations = [
        TenantTable(TRANSFER),
        SameEnvironment(TRANSFER, "source_id", "environments_organization"),
        SameEnvironment(TRANSFER, "target_id", "environments_organization"),
        SameEnvironment(TRANSFER, "planned_by_id", "environments_member"),
        SameEnvironment(TRANSFER, "approved_by_id", "environments_member"),
        SameEnvironment(TRANSFER, "revoked_by_id", "environments_member"),
        TenantTable(LINE),
        SameEnvironment(LINE, "transfer_id", TRANSFER),
        SameEnvironment(LINE, "client_id", "clients_client"),
        TenantTable(CHARGE),
        SameEnvironment(CHARGE, "client_id", "clients_client"),
        SameEnvironment(CHARGE, "division_id", "environments_organization"),
        SameEnvironment(CHARGE, "transfer_id", TRANSFER),
        migrations.RunSQL(KEPT, FORGOTTEN),
        migrations.RunSQL(ONLY_THE_END, NOTHING_ENDED),
    ]
