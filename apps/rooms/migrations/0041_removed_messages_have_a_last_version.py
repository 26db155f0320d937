"""Messages that had only files and were removed before get their last version, which says when their time began."""

from django.db import migrations

FILL = """
INSERT INTO rooms_messageversion (environment_id, message_id, body, written_at, replaced_at)
SELECT environment_id, id, '', coalesce(edited_at, posted_at), removed_at FROM rooms_message
WHERE removed_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM rooms_messageversion WHERE message_id = rooms_message.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0040_retention_walls"),
    ]
    operations = [
        # Nothing was lost by it, so that nothing is brought back.
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
