"""Tasks stay inside their environment; of one only who has it, its day and its end may change."""

from django.db import migrations

from apps.kernel.walls import Kept, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0003_tasks"),
    ]
    operations = [
        TenantTable("notes_notetask"),
        SameEnvironment("notes_notetask", "note_id", "notes_note"),
        SameEnvironment("notes_notetask", "owner_id", "environments_member"),
        SameEnvironment("notes_notetask", "made_by_id", "environments_member"),
        SameEnvironment("notes_notetask", "done_by_id", "environments_member"),
        Kept("notes_notetask", but=["owner_id", "due_on", "done_at", "done_by_id"]),
    ]
