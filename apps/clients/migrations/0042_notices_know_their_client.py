"""What was told of a client before notifications knew whom they are about: where the path names the client, it is known.

Told so, an old notification is hidden from those who lose the client, as a new one is.
"""

from django.db import migrations

KNOW = """
UPDATE notices_notification AS told SET about = client.id
FROM clients_client AS client
WHERE told.about IS NULL
  AND told.settled_at IS NULL
  AND told.environment_id = client.environment_id
  AND client.id::text = substring(told.path FROM '^/e/[^/]+/clients/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0041_clearance_walls"),
        ("notices", "0004_notifications_are_closed"),
    ]
    # Forwards only adds what follows from the path; that it was not known before is nothing to go back to.
    operations = [migrations.RunSQL(KNOW, migrations.RunSQL.noop)]
