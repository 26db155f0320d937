"""Secret addresses stay inside their environment; who holds one has said none."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, Kept, SameEnvironment, TenantTable

FEED = "calendars_calendarfeed"
ENVIRONMENT_OF = f"""
CREATE FUNCTION calendars_environment_of_feed(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT environment_id FROM calendars_calendarfeed WHERE digest = wanted AND revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION calendars_environment_of_feed(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION calendars_environment_of_feed(text) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_initial"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(FEED),
        SameEnvironment(FEED, "member_id", "environments_member"),
        Kept(FEED, but=["revoked_at"]),
        migrations.RunSQL(ENVIRONMENT_OF, "DROP FUNCTION calendars_environment_of_feed(text)"),
    ]
