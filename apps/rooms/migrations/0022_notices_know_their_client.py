"""What was told of a client's room before notifications knew whom they are about: where the path names the room, it is known."""

from django.db import migrations

KNOW = """
UPDATE notices_notification AS told SET about = room.client_id
FROM rooms_talkroom AS room
WHERE told.about IS NULL
  AND told.settled_at IS NULL
  AND room.client_id IS NOT NULL
  AND told.environment_id = room.environment_id
  AND room.id::text = substring(told.path FROM '^/e/[^/]+/rooms/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0021_attachment_walls"),
        ("notices", "0004_notifications_are_closed"),
    ]
    # Forwards only adds what follows from the path; that it was not known before is nothing to go back to.
    operations = [migrations.RunSQL(KNOW, migrations.RunSQL.noop)]
