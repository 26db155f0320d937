"""What a message said before is kept by the database, and of a message nothing but its text changes."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, Kept, SameEnvironment, TenantTable

# The version is written with the change whoever makes it: no text can be lost by a forgotten line.
KEEPS_VERSIONS = """
CREATE FUNCTION rooms_message_keeps_versions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.removed_at IS NOT NULL AND (NEW.body, NEW.removed_at, NEW.removed_by_id, NEW.edited_at)
        IS DISTINCT FROM (OLD.body, OLD.removed_at, OLD.removed_by_id, OLD.edited_at) THEN
        RAISE EXCEPTION 'a removed message stays removed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.body IS DISTINCT FROM OLD.body THEN
        IF NEW.removed_at IS NULL AND NEW.edited_at IS NOT DISTINCT FROM OLD.edited_at THEN
            RAISE EXCEPTION 'an edited message says when' USING ERRCODE = 'insufficient_privilege';
        END IF;
        INSERT INTO rooms_messageversion (environment_id, message_id, body, written_at, replaced_at)
        VALUES (OLD.environment_id, OLD.id, OLD.body, coalesce(OLD.edited_at, OLD.posted_at), clock_timestamp());
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_versions BEFORE UPDATE ON rooms_message
FOR EACH ROW EXECUTE FUNCTION rooms_message_keeps_versions();
"""
FORGETS = """
DROP TRIGGER keeps_versions ON rooms_message;
DROP FUNCTION rooms_message_keeps_versions();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0014_messages_change"),
    ]
    operations = [
        SameEnvironment("rooms_message", "removed_by_id", "environments_member"),
        Kept("rooms_message", but=["body", "edited_at", "removed_at", "removed_by_id", "change"]),
        TenantTable("rooms_messageversion"),
        SameEnvironment("rooms_messageversion", "message_id", "rooms_message"),
        AppendOnly("rooms_messageversion"),
        migrations.RunSQL(KEEPS_VERSIONS, FORGETS),
    ]
