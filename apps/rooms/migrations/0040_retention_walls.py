"""What was deleted or edited is emptied when its time has ended, not a day before, and by one function only.

The triggers themselves count the days, so that neither the application nor the tables' owner can be faster; a text of which
somebody is asking on a basis in law is held.
"""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, AppendOnly, SameEnvironment, TenantTable

# The last day on which a text of the room is kept that was replaced at a moment; infinite while the care goes on. The first
# day does not count, the last one is whole (Civil Code, Art. 140, 141 and 143): hence one day more before the years are
# added, and one less afterwards. The usual years stand in models/retention.py.
KEPT_THROUGH = """
CREATE FUNCTION rooms_kept_through(asked uuid, replaced_at timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN care.goes_on THEN 'infinity'::date ELSE (
        (greatest(replaced_at, care.ended_at) AT TIME ZONE 'Asia/Tokyo')::date + 1 + make_interval(
            years => CASE room.classification
                WHEN 'support_record' THEN coalesce(policy.support_years, 5) ELSE coalesce(policy.office_years, 1) END
        )
    )::date - 1 END
    FROM rooms_talkroom room
    LEFT JOIN LATERAL (
        SELECT support_years, office_years FROM rooms_retentionpolicy
        WHERE environment_id = room.environment_id ORDER BY id DESC LIMIT 1
    ) policy ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(valid_to IS NULL), false) AS goes_on, max(valid_to) AS ended_at
        FROM clients_seat WHERE client_id = room.client_id
    ) care
    WHERE room.id = asked
$$
"""
IS_HELD = """
CREATE FUNCTION rooms_is_held(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM rooms_talkroom room JOIN clients_inspection inspection ON inspection.client_id = room.client_id
        WHERE room.id = asked AND inspection.opened_at <= clock_timestamp()
            AND inspection.closes_at > clock_timestamp()
    )
$$
"""
# Instead of the wall that lets nothing change: of a version only the text goes, and only when its time has ended.
VERSIONS = """
CREATE FUNCTION rooms_version_is_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE room uuid := (SELECT room_id FROM rooms_message WHERE id = NEW.message_id);
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.retention_ended_on IS NULL THEN RETURN NEW; END IF;
    ELSIF OLD.retention_ended_on IS NULL AND NEW.body = ''
        AND to_jsonb(NEW) - '{body,retention_ended_on}'::text[] = to_jsonb(OLD) - '{body,retention_ended_on}'::text[]
        AND NEW.retention_ended_on = rooms_kept_through(room, OLD.replaced_at)
        AND NEW.retention_ended_on < (clock_timestamp() AT TIME ZONE 'Asia/Tokyo')::date
        AND NOT rooms_is_held(room)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was said is kept for its time' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER append_only ON rooms_messageversion;
CREATE TRIGGER append_only BEFORE DELETE ON rooms_messageversion
FOR EACH ROW EXECUTE FUNCTION rooms_messageversion_is_append_only();
CREATE TRIGGER kept_for_its_time BEFORE INSERT OR UPDATE ON rooms_messageversion
FOR EACH ROW EXECUTE FUNCTION rooms_version_is_kept();
"""
NO_VERSIONS = """
DROP TRIGGER kept_for_its_time ON rooms_messageversion;
DROP TRIGGER append_only ON rooms_messageversion;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rooms_messageversion
FOR EACH ROW EXECUTE FUNCTION rooms_messageversion_is_append_only();
DROP FUNCTION rooms_version_is_kept();
"""
# A file leaves its message when the message was removed and the time of all it ever said has ended.
ATTACHMENTS = """
CREATE FUNCTION rooms_attachment_is_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
    IF EXISTS (SELECT FROM rooms_message WHERE id = OLD.message_id AND removed_at IS NOT NULL)
        AND EXISTS (SELECT FROM rooms_messageversion WHERE message_id = OLD.message_id)
        AND NOT EXISTS (
            SELECT FROM rooms_messageversion WHERE message_id = OLD.message_id AND retention_ended_on IS NULL
        )
    THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what was sent is kept for its time' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER append_only ON rooms_attachment;
CREATE TRIGGER append_only BEFORE UPDATE ON rooms_attachment
FOR EACH ROW EXECUTE FUNCTION rooms_attachment_is_append_only();
CREATE TRIGGER kept_for_its_time BEFORE DELETE ON rooms_attachment
FOR EACH ROW EXECUTE FUNCTION rooms_attachment_is_kept();
"""
NO_ATTACHMENTS = """
DROP TRIGGER kept_for_its_time ON rooms_attachment;
DROP TRIGGER append_only ON rooms_attachment;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rooms_attachment
FOR EACH ROW EXECUTE FUNCTION rooms_attachment_is_append_only();
DROP FUNCTION rooms_attachment_is_kept();
"""
# Since migration 0015 only a change of the text was kept. A message that had only files has said nothing, and when its
# time ends must be known all the same.
KEEPS_VERSIONS = """
CREATE OR REPLACE FUNCTION rooms_message_keeps_versions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.removed_at IS NOT NULL AND (NEW.body, NEW.removed_at, NEW.removed_by_id, NEW.edited_at)
        IS DISTINCT FROM (OLD.body, OLD.removed_at, OLD.removed_by_id, OLD.edited_at) THEN
        RAISE EXCEPTION 'a removed message stays removed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.body IS DISTINCT FROM OLD.body{or_removed} THEN
        IF NEW.removed_at IS NULL AND NEW.edited_at IS NOT DISTINCT FROM OLD.edited_at THEN
            RAISE EXCEPTION 'an edited message says when' USING ERRCODE = 'insufficient_privilege';
        END IF;
        INSERT INTO rooms_messageversion (environment_id, message_id, body, written_at, replaced_at)
        VALUES (OLD.environment_id, OLD.id, OLD.body, coalesce(OLD.edited_at, OLD.posted_at), clock_timestamp());
    END IF;
    RETURN NEW;
END $$;
"""
OR_REMOVED = " OR OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL"

# Looks through the next `most` texts of the open environment that are still kept, empties those whose time has ended, and
# lets the files of removed messages go with the last of them. Answers how far it came, how many texts that were, and which
# files left a message; nothing when there was nothing left to look at. It runs with the owner's rights because the
# application has none to change versions, and therefore compares the environment itself.
PURGE = f"""
CREATE FUNCTION rooms_purge_ended(after bigint, most integer)
RETURNS TABLE (came_to bigint, texts integer, files uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here uuid := nullif(current_setting('app.environment', true), '')::uuid;
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Tokyo')::date;
    emptied bigint[];
BEGIN
    WITH looked AS MATERIALIZED (
        SELECT version.id, rooms_kept_through(message.room_id, version.replaced_at) AS through,
            rooms_is_held(message.room_id) AS is_held
        FROM (
            SELECT id, message_id, replaced_at FROM rooms_messageversion
            WHERE environment_id = here AND retention_ended_on IS NULL AND id > after
                AND replaced_at < clock_timestamp() - interval '1 year'
            ORDER BY environment_id, id LIMIT most
        ) version JOIN rooms_message message ON message.id = version.message_id
    ), ended AS (
        -- Another run may have been faster.
        UPDATE rooms_messageversion version SET body = '', retention_ended_on = looked.through
        FROM looked WHERE version.id = looked.id AND version.retention_ended_on IS NULL
            AND looked.through < today AND NOT looked.is_held
        RETURNING version.message_id
    )
    SELECT (SELECT max(id) FROM looked), (SELECT count(*) FROM ended), (SELECT array_agg(DISTINCT message_id) FROM ended)
    INTO came_to, texts, emptied;
    IF came_to IS NULL THEN
        RETURN;
    END IF;
    WITH gone AS (
        DELETE FROM rooms_attachment attachment USING rooms_message message
        WHERE message.id = ANY(emptied) AND attachment.message_id = message.id AND message.removed_at IS NOT NULL
            AND NOT EXISTS (
                SELECT FROM rooms_messageversion WHERE message_id = message.id AND retention_ended_on IS NULL
            )
        RETURNING file_id
    )
    SELECT coalesce(array_agg(DISTINCT file_id), '{{}}') FROM gone INTO files;
    RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION rooms_purge_ended(bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_purge_ended(bigint, integer) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0039_retention"),
        ("clients", "0026_import_walls"),
    ]
    operations = [
        TenantTable("rooms_retentionpolicy"),
        SameEnvironment("rooms_retentionpolicy", "set_by_id", "environments_member"),
        AppendOnly("rooms_retentionpolicy"),
        migrations.RunSQL(KEPT_THROUGH, "DROP FUNCTION rooms_kept_through(uuid, timestamptz)"),
        migrations.RunSQL(IS_HELD, "DROP FUNCTION rooms_is_held(uuid)"),
        migrations.RunSQL(VERSIONS, NO_VERSIONS),
        migrations.RunSQL(ATTACHMENTS, NO_ATTACHMENTS),
        migrations.RunSQL(KEEPS_VERSIONS.format(or_removed=OR_REMOVED), KEEPS_VERSIONS.format(or_removed="")),
        migrations.RunSQL(PURGE, "DROP FUNCTION rooms_purge_ended(bigint, integer)"),
    ]
