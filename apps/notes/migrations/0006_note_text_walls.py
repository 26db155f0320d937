"""What is searched of notes stays inside its environment and follows each version, whoever writes it."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, TenantTable

# Of two who save at once one comes after the other; the number says which text is the present one.
FOLLOW = f"""
CREATE FUNCTION notes_text_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
    INSERT INTO notes_notetext (note_id, environment_id, room_id, begun_at, written_by_id, written_at, folded)
    SELECT id, environment_id, room_id, begun_at, NEW.written_by_id, NEW.written_at,
        kernel_search_text(NEW.title, NEW.body)
    FROM notes_note WHERE id = NEW.note_id
        AND NOT EXISTS (SELECT FROM notes_noteversion WHERE note_id = NEW.note_id AND number > NEW.number)
    ON CONFLICT (note_id) DO UPDATE SET written_by_id = EXCLUDED.written_by_id, written_at = EXCLUDED.written_at,
        folded = EXCLUDED.folded;
    RETURN NULL;
END $$;
CREATE TRIGGER text_follows AFTER INSERT ON notes_noteversion
FOR EACH ROW EXECUTE FUNCTION notes_text_follows();
REVOKE ALL ON FUNCTION notes_text_follows() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notes_text_follows() TO {APP_ROLE};
"""
FORGET = "DROP TRIGGER text_follows ON notes_noteversion; DROP FUNCTION notes_text_follows();"


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0005_note_texts"),
        ("kernel", "0002_fold"),
    ]
    operations = [
        TenantTable("notes_notetext"),
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON notes_notetext FROM {APP_ROLE}",
            f"GRANT UPDATE, DELETE ON notes_notetext TO {APP_ROLE}",
        ),
        migrations.RunSQL(FOLLOW, FORGET),
    ]
