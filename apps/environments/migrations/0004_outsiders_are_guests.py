"""Whoever takes part for an organization from outside the municipality is a guest: the narrower default is no matter of care."""

from django.db import migrations

MEMBERS = """
CREATE FUNCTION environments_outsiders_are_guests() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM environments_organization WHERE id = NEW.organization_id AND is_outside) THEN
        RAISE EXCEPTION 'people from outside the municipality take part as guests' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'outsiders_are_guests', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outsiders_are_guests BEFORE INSERT OR UPDATE OF role, organization_id ON environments_member
FOR EACH ROW WHEN (NEW.role <> 'guest') EXECUTE FUNCTION environments_outsiders_are_guests();
"""
ORGANIZATIONS = """
CREATE FUNCTION environments_outsiders_have_guests() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (
        SELECT FROM environments_member
        WHERE organization_id = NEW.id AND role <> 'guest' AND (valid_to IS NULL OR valid_to > clock_timestamp())
    ) THEN
        RAISE EXCEPTION 'people from outside the municipality take part as guests' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'outsiders_are_guests', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outsiders_have_guests BEFORE UPDATE OF is_outside ON environments_organization
FOR EACH ROW WHEN (NEW.is_outside) EXECUTE FUNCTION environments_outsiders_have_guests();
"""


def gone(trigger: str, table: str, function: str) -> str:
    return f"DROP TRIGGER {trigger} ON {table}; DROP FUNCTION {function}();"


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0003_places_say_how_they_end"),
    ]
    operations = [
        migrations.RunSQL(
            MEMBERS, gone("outsiders_are_guests", "environments_member", "environments_outsiders_are_guests")
        ),
        migrations.RunSQL(
            ORGANIZATIONS,
            gone("outsiders_have_guests", "environments_organization", "environments_outsiders_have_guests"),
        ),
    ]
