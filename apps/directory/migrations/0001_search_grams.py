"""The function that cuts folded text into the one- and two-letter pieces the search index holds."""

from django.db import migrations

# Immutable, so that PostgreSQL itself keeps an office's pieces equal to its text. Pieces never span two lines.
MAKE = """
CREATE FUNCTION directory_grams(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(array_agg(DISTINCT gram), ARRAY[]::text[])
    FROM (
        SELECT letters[place] || following AS gram
        FROM regexp_split_to_table(folded, E'\\n') AS line,
            LATERAL (SELECT string_to_array(line, NULL) AS letters) AS cut,
            LATERAL generate_subscripts(letters, 1) AS place,
            LATERAL (VALUES (''), (letters[place + 1])) AS next (following)
    ) AS grams
    WHERE gram IS NOT NULL
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("kernel", "0001_role_and_extensions")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION directory_grams(text)")]
