"""Who handles what stays inside its environment, is one of the organization, and what is done stays done."""

from django.db import migrations

from apps.kernel.walls import Kept, SameEnvironment, TenantTable

FITS = """
CREATE FUNCTION rooms_handling_fits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'UPDATE' AND OLD.done_at IS NOT NULL THEN
        RAISE EXCEPTION 'what is done stays done' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.handler_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM environments_member WHERE id = NEW.handler_id AND organization_id = NEW.organization_id
    ) THEN
        RAISE EXCEPTION 'whoever handles it is of the organization' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT OR UPDATE ON rooms_handling
FOR EACH ROW EXECUTE FUNCTION rooms_handling_fits();
"""
FITS_NOT = """
DROP TRIGGER fits ON rooms_handling;
DROP FUNCTION rooms_handling_fits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0035_handlings"),
    ]
    operations = [
        TenantTable("rooms_handling"),
        SameEnvironment("rooms_handling", "message_id", "rooms_message"),
        SameEnvironment("rooms_handling", "organization_id", "environments_organization"),
        SameEnvironment("rooms_handling", "needed_by_id", "environments_member"),
        SameEnvironment("rooms_handling", "handler_id", "environments_member"),
        Kept("rooms_handling", but=["handler_id", "taken_at", "done_at"]),
        migrations.RunSQL(FITS, FITS_NOT),
    ]
