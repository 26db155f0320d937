"""Suspensions stay inside their environment, and a place knows by itself whether one is open."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, SameEnvironment, TenantTable

# The present tense of the suspensions, where every door looks.
KEPT = """
CREATE FUNCTION environments_place_knows_its_suspension() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE environments_member SET suspended_at = (
        SELECT min(valid_from) FROM environments_suspension WHERE member_id = NEW.member_id AND valid_to IS NULL
    ) WHERE id = NEW.member_id;
    RETURN NULL;
END $$;
CREATE TRIGGER place_knows_its_suspension AFTER INSERT OR UPDATE ON environments_suspension
FOR EACH ROW EXECUTE FUNCTION environments_place_knows_its_suspension();
"""
FORGOTTEN = """
DROP TRIGGER place_knows_its_suspension ON environments_suspension;
DROP FUNCTION environments_place_knows_its_suspension();
"""

# A suspended place is still a place: whose admin may take away a second factor depends on it. It only leads nowhere.
ENVIRONMENTS_OF = f"""
DROP FUNCTION environments_of(uuid);
CREATE FUNCTION environments_of(person uuid)
RETURNS TABLE (environment_id uuid, slug text, name text, role text, organization_name text{{column}})
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT environment.id, environment.slug, environment.name, member.role, organization.name{{value}}
    FROM environments_member member
    JOIN environments_environment environment ON environment.id = member.environment_id
    JOIN environments_organization organization ON organization.id = member.organization_id
    WHERE member.user_id = person AND member.valid_from <= statement_timestamp()
    AND (member.valid_to IS NULL OR member.valid_to > statement_timestamp())
    ORDER BY environment.name, environment.slug
$$;
REVOKE ALL ON FUNCTION environments_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION environments_of(uuid) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0005_places_are_suspended"),
    ]
    operations = [
        TenantTable("environments_suspension"),
        SameEnvironment("environments_suspension", "member_id", "environments_member"),
        SameEnvironment("environments_suspension", "suspended_by_id", "environments_member"),
        SameEnvironment("environments_suspension", "lifted_by_id", "environments_member"),
        migrations.RunSQL(KEPT, FORGOTTEN),
        migrations.RunSQL(
            ENVIRONMENTS_OF.format(column=", is_suspended boolean", value=", member.suspended_at IS NOT NULL"),
            ENVIRONMENTS_OF.format(column="", value=""),
        ),
    ]
