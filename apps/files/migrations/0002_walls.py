"""Files stay inside their environment, find room in it, and never change once they are settled."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, SameEnvironment, TenantTable

# Counted under a lock of the environment: two who announce files at once do not both take the last room. What is on its
# way has its room set aside; 100 GB is the usual bound (models/limits.py).
ROOM = """
CREATE FUNCTION files_upload_finds_room() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bound bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('files of ' || NEW.environment_id, 0));
    SELECT gigabytes_kept::bigint * 1073741824 INTO bound
    FROM files_filelimits WHERE environment_id = NEW.environment_id;
    IF (
        SELECT coalesce(sum(size), 0) FROM files_storedfile
        WHERE environment_id = NEW.environment_id AND state <> 'refused'
    ) + (
        SELECT coalesce(sum(size), 0) FROM files_upload
        WHERE environment_id = NEW.environment_id AND arrived < size AND expires_at > now()
    ) + NEW.size > coalesce(bound, 100 * 1073741824::bigint) THEN
        RAISE EXCEPTION 'there is no room for this file'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'files_find_room_in_their_environment';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER finds_room BEFORE INSERT ON files_upload
FOR EACH ROW EXECUTE FUNCTION files_upload_finds_room();
"""
NO_ROOM = """
DROP TRIGGER finds_room ON files_upload;
DROP FUNCTION files_upload_finds_room();
"""
# After the update, so that the wall between environments speaks first.
SETTLED = """
CREATE FUNCTION files_settled_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.settled_at IS NOT NULL
        AND (to_jsonb(NEW) - 'kept_at' <> to_jsonb(OLD) - 'kept_at' OR OLD.kept_at IS NOT NULL AND NEW.kept_at IS NULL)
    THEN
        RAISE EXCEPTION 'a settled file does not change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER settled_file_stays AFTER UPDATE ON files_storedfile
FOR EACH ROW EXECUTE FUNCTION files_settled_file_stays();
"""
UNSETTLED = """
DROP TRIGGER settled_file_stays ON files_storedfile;
DROP FUNCTION files_settled_file_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
    ]
    operations = [
        TenantTable("files_filelimits"),
        SameEnvironment("files_filelimits", "changed_by_id", "environments_member"),
        TenantTable("files_upload"),
        SameEnvironment("files_upload", "member_id", "environments_member"),
        TenantTable("files_uploadpiece"),
        SameEnvironment("files_uploadpiece", "upload_id", "files_upload"),
        TenantTable("files_storedfile"),
        SameEnvironment("files_storedfile", "uploader_id", "environments_member"),
        TenantTable("files_filepicture"),
        SameEnvironment("files_filepicture", "file_id", "files_storedfile"),
        migrations.RunSQL(ROOM, NO_ROOM),
        migrations.RunSQL(SETTLED, UNSETTLED),
        # A piece and a picture are written once; they go with what they belong to.
        migrations.RunSQL(
            f"REVOKE UPDATE ON files_uploadpiece, files_filepicture FROM {APP_ROLE}",
            f"GRANT UPDATE ON files_uploadpiece, files_filepicture TO {APP_ROLE}",
        ),
    ]
