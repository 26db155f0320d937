"""Templates that somebody shares are offered to every environment of the installation: questions, and nothing of anybody."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from apps.kernel.walls import APP_ROLE

SHARED = f"""
CREATE FUNCTION surveys_shared_templates()
RETURNS TABLE (id uuid, title text, summary text, content jsonb, shared_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT template.id, template.title, template.summary, template.content, environment.name
    FROM surveys_surveytemplate template
    JOIN environments_environment environment ON environment.id = template.environment_id
    WHERE template.is_shared
    ORDER BY environment.name, template.title, template.id
$$;
REVOKE ALL ON FUNCTION surveys_shared_templates() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION surveys_shared_templates() TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_free_places_are_asked")]
    operations = [RunSQL(SHARED, "DROP FUNCTION surveys_shared_templates()")]
