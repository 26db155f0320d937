"""The family's codes and questions stay inside their environment; who holds a code has said none."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, AppendOnly, Kept, SameEnvironment, TenantTable

POLICY, CODE, QUESTION = "oversight_familypolicy", "oversight_familycode", "oversight_familyquestion"
MEMBER, CLIENT = "environments_member", "clients_client"
ENVIRONMENT_OF = f"""
CREATE FUNCTION oversight_environment_of_code(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT environment_id FROM oversight_familycode WHERE code = wanted
$$;
REVOKE ALL ON FUNCTION oversight_environment_of_code(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION oversight_environment_of_code(text) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0005_the_familys_page"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(POLICY),
        SameEnvironment(POLICY, "set_by_id", MEMBER),
        AppendOnly(POLICY),
        TenantTable(CODE),
        SameEnvironment(CODE, "client_id", CLIENT),
        SameEnvironment(CODE, "issued_by_id", MEMBER),
        SameEnvironment(CODE, "revoked_by_id", MEMBER),
        Kept(CODE, but=["revoked_at", "revoked_by_id"]),
        TenantTable(QUESTION),
        SameEnvironment(QUESTION, "code_id", CODE),
        SameEnvironment(QUESTION, "answered_by_id", MEMBER),
        Kept(QUESTION, but=["answer", "answered_at", "answered_by_id"]),
        migrations.RunSQL(ENVIRONMENT_OF, "DROP FUNCTION oversight_environment_of_code(text)"),
    ]
