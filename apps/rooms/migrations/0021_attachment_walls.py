"""Attachments stay inside their environment and never change; a message without words has at least one."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable

# At the end of the transaction: the message is there before its files are. A message with words never asks.
SAYS_SOMETHING = """
CREATE FUNCTION rooms_message_says_something() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT FROM rooms_attachment WHERE message_id = NEW.id) THEN
        RAISE EXCEPTION 'a message without words has files'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_message_without_words_has_files';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER says_something AFTER INSERT OR UPDATE OF body ON rooms_message
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.body = '' AND NEW.removed_at IS NULL) EXECUTE FUNCTION rooms_message_says_something();
"""
SAYS_NOTHING = """
DROP TRIGGER says_something ON rooms_message;
DROP FUNCTION rooms_message_says_something();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0020_attachments"),
    ]
    operations = [
        TenantTable("rooms_attachment"),
        SameEnvironment("rooms_attachment", "message_id", "rooms_message"),
        SameEnvironment("rooms_attachment", "file_id", "files_storedfile"),
        AppendOnly("rooms_attachment"),
        migrations.RunSQL(SAYS_SOMETHING, SAYS_NOTHING),
    ]
