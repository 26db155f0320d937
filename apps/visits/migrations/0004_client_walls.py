"""Whom a visit is for, and the family's key, stay inside their environment; who holds a key has said none."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, AppendOnly, Kept, SameEnvironment, TenantTable

ENVIRONMENT_OF = f"""
CREATE FUNCTION visits_environment_of_key(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT environment_id FROM visits_familykey WHERE code = wanted
$$;
REVOKE ALL ON FUNCTION visits_environment_of_key(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visits_environment_of_key(text) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0003_clients_and_family_keys"),
    ]
    operations = [
        SameEnvironment("visits_visit", "room_id", "rooms_talkroom"),
        Kept("visits_visit", but=["booked_at", "booked_by_id", "ended_at", "ended_by_id", "ended_reason", "room_id"]),
        TenantTable("visits_visitclient"),
        SameEnvironment("visits_visitclient", "visit_id", "visits_visit"),
        SameEnvironment("visits_visitclient", "client_id", "clients_client"),
        SameEnvironment("visits_visitclient", "consent_id", "clients_consentrecord"),
        SameEnvironment("visits_visitclient", "opened_by_id", "environments_member"),
        Kept("visits_visitclient", but=["consent_id", "contact", "opened_at", "opened_by_id"]),
        TenantTable("visits_familykey"),
        SameEnvironment("visits_familykey", "visit_id", "visits_visit"),
        AppendOnly("visits_familykey"),
        migrations.RunSQL(ENVIRONMENT_OF, "DROP FUNCTION visits_environment_of_key(text)"),
    ]
