"""Notes stay inside their environment; a version is never changed, of a note only its pin and its archive."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, Kept, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0001_initial"),
    ]
    operations = [
        TenantTable("notes_note"),
        SameEnvironment("notes_note", "room_id", "rooms_talkroom"),
        SameEnvironment("notes_note", "begun_by_id", "environments_member"),
        SameEnvironment("notes_note", "pinned_by_id", "environments_member"),
        SameEnvironment("notes_note", "archived_by_id", "environments_member"),
        Kept("notes_note", but=["pinned_at", "pinned_by_id", "archived_at", "archived_by_id"]),
        TenantTable("notes_noteversion"),
        SameEnvironment("notes_noteversion", "note_id", "notes_note"),
        SameEnvironment("notes_noteversion", "written_by_id", "environments_member"),
        AppendOnly("notes_noteversion"),
    ]
