"""What was said about clients so far is a support record; whoever opened a theme room is its owner."""

from django.db import migrations

RECORDS = "UPDATE rooms_talkroom SET classification = 'support_record' WHERE client_id IS NOT NULL"
OWNERS = """
UPDATE rooms_roommembership membership
SET role = CASE WHEN membership.member_id = room.opened_by_id THEN 'owner' ELSE 'reader' END
FROM rooms_talkroom room
WHERE room.id = membership.room_id
    AND (room.kind = 'announcement' OR (room.kind = 'group' AND membership.member_id = room.opened_by_id))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0005_kinds"),
    ]
    operations = [
        # Backwards the words go with their columns.
        migrations.RunSQL(RECORDS, migrations.RunSQL.noop),
        migrations.RunSQL(OWNERS, migrations.RunSQL.noop),
    ]
