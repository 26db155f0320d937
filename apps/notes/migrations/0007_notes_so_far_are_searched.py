"""Notes that were written before are found as well."""

from django.db import migrations

FILL = """
INSERT INTO notes_notetext (note_id, environment_id, room_id, begun_at, written_by_id, written_at, folded)
SELECT DISTINCT ON (note.id) note.id, note.environment_id, note.room_id, note.begun_at,
    version.written_by_id, version.written_at, kernel_search_text(version.title, version.body)
FROM notes_note note JOIN notes_noteversion version ON version.note_id = note.id
ORDER BY note.id, version.number DESC
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0006_note_text_walls"),
    ]
    operations = [
        # The table goes with the migration that made it.
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
