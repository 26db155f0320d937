"""The sealer works for every environment: two narrow functions tell it where. They answer keys of environments alone."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE

WHERE = f"""
CREATE FUNCTION audit_unsealed_places(after bigint) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT environment_id FROM audit_entry entry
    WHERE id > after AND NOT EXISTS (SELECT FROM audit_leaf WHERE entry_id = entry.id)
$$;
REVOKE ALL ON FUNCTION audit_unsealed_places(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_unsealed_places(bigint) TO {APP_ROLE};
CREATE FUNCTION audit_sealed_places() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT environment_id FROM audit_signingkey
$$;
REVOKE ALL ON FUNCTION audit_sealed_places() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_sealed_places() TO {APP_ROLE};
"""
NOWHERE = "DROP FUNCTION audit_sealed_places(); DROP FUNCTION audit_unsealed_places(bigint)"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_seals_are_append_only"),
    ]
    operations = [
        migrations.RunSQL(WHERE, NOWHERE),
    ]
