"""Organizations and members are seen only inside their environment; a person finds their environments by a function."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, SameEnvironment, TenantTable

# Reads across environments, for one person: the list of places behind the sign-in. Runs with the owner's rights.
ENVIRONMENTS_OF = f"""
CREATE FUNCTION environments_of(person uuid)
RETURNS TABLE (environment_id uuid, slug text, name text, role text, organization_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT environment.id, environment.slug, environment.name, member.role, organization.name
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
        ("environments", "0001_initial"),
    ]
    operations = [
        TenantTable("environments_organization"),
        TenantTable("environments_member"),
        SameEnvironment("environments_member", "organization_id", "environments_organization"),
        migrations.RunSQL(ENVIRONMENTS_OF, "DROP FUNCTION environments_of(uuid)"),
    ]
