"""Who has a sheet in hand says no environment: a function finds it by the code. It runs with the owner's rights."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE

ENVIRONMENT_OF = f"""
CREATE FUNCTION paper_environment_of(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT environment_id FROM paper_sheet WHERE code = wanted
$$;
REVOKE ALL ON FUNCTION paper_environment_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION paper_environment_of(text) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("paper", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(ENVIRONMENT_OF, "DROP FUNCTION paper_environment_of(text)"),
    ]
