"""The statement that writes messages writes none into a room that is archived."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("apps.rooms.migrations.0004_append_asks_who_is_inside").APPEND
# Asked under the room's lock, on the row as it stands then: a message and an archive that meet come one after the other.
LOCKED = "WHERE id IN (SELECT room_id FROM counted) ORDER BY id FOR UPDATE"
APPEND = BEFORE.replace(LOCKED, LOCKED.replace("ORDER", "AND archived_at IS NULL ORDER"))


class Migration(migrations.Migration):
    dependencies = [("rooms", "0010_archive_and_limit_walls")]
    operations = [migrations.RunSQL(APPEND, BEFORE)]
