"""The one statement that writes messages: numbers them, records them in the ledger and announces them, or nothing."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE

# Runs with the owner's rights, because one batch may hold messages of several environments. It takes each message's
# environment from its room, so a row can only be written where its room is; who may post is asked before (actions.post).
#
# A key that is stored already is answered with its first place and moves no counter, so numbers have no gaps. Of one key
# given twice in a batch the first counts. Rooms are locked in id order: two batches wait for each other, never in a circle.
# `told` must be read by the last SELECT, else PostgreSQL does not run it.
ARGUMENTS = "uuid[], uuid[], uuid[], text[], text[], inet[], text[]"
APPEND = f"""
CREATE FUNCTION rooms_append(
    rooms uuid[], authors uuid[], keys uuid[], bodies text[], channels text[], addresses inet[], agents text[]
) RETURNS TABLE (
    author_id uuid, client_key uuid, room_id uuid, number bigint, posted_at timestamptz, fresh boolean
) LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
WITH sent AS (
    SELECT * FROM unnest(rooms, authors, keys, bodies, channels, addresses, agents) WITH ORDINALITY
    AS sent (room_id, author_id, client_key, body, channel, address, agent, nth)
), stored AS (
    SELECT message.author_id, message.client_key, message.room_id, message.number, message.posted_at
    FROM rooms_message message JOIN sent USING (author_id, client_key)
), new AS (
    SELECT DISTINCT ON (author_id, client_key) sent.* FROM sent
    WHERE NOT EXISTS (
        SELECT 1 FROM stored WHERE stored.author_id = sent.author_id AND stored.client_key = sent.client_key
    )
    ORDER BY author_id, client_key, nth
), counted AS (
    SELECT room_id, count(*) AS many FROM new GROUP BY room_id
), locked AS MATERIALIZED (
    SELECT id FROM rooms_talkroom WHERE id IN (SELECT room_id FROM counted) ORDER BY id FOR UPDATE
), moved AS (
    UPDATE rooms_talkroom room
    SET last_number = room.last_number + counted.many, last_posted_at = clock_timestamp()
    FROM locked JOIN counted ON counted.room_id = locked.id WHERE room.id = locked.id
    RETURNING room.id, room.environment_id, room.client_id, room.last_number - counted.many AS base,
        room.last_number AS last, room.last_posted_at AS at
), written AS (
    INSERT INTO rooms_message (environment_id, room_id, number, author_id, body, client_key, posted_at)
    SELECT moved.environment_id, moved.id, moved.base + row_number() OVER (PARTITION BY moved.id ORDER BY nth),
        new.author_id, new.body, new.client_key, moved.at
    FROM new JOIN moved ON moved.id = new.room_id
    RETURNING author_id, client_key, room_id, number, posted_at, environment_id
), recorded AS (
    INSERT INTO audit_entry (
        environment_id, user_id, member_id, role, organization_id, verb, subject_kind, subject_id, client_id,
        outcome, reason, purpose, detail, channel, address, agent
    )
    SELECT written.environment_id, member.user_id, member.id, member.role, member.organization_id, 'rooms.posted',
        'rooms.talkroom', written.room_id::text, moved.client_id, 'done', '', 'support',
        jsonb_build_object('number', written.number), new.channel, new.address, new.agent
    FROM written
    JOIN new USING (author_id, client_key)
    JOIN moved ON moved.id = written.room_id
    JOIN environments_member member ON member.id = written.author_id
    RETURNING 1
), told AS (
    SELECT pg_notify('carenet', json_build_object(
        'is', 'rooms.message_posted', 'environment_id', environment_id, 'room_id', id, 'number', last::text
    )::text) FROM moved
)
SELECT author_id, client_key, room_id, number, posted_at, true FROM written
UNION ALL SELECT DISTINCT author_id, client_key, room_id, number, posted_at, false FROM stored
UNION ALL SELECT NULL, NULL, NULL, count(*), NULL, false FROM told HAVING count(*) < 0
$$;
REVOKE ALL ON FUNCTION rooms_append({ARGUMENTS}) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_append({ARGUMENTS}) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0002_walls"),
        ("audit", "0002_entries_are_append_only"),
    ]
    operations = [
        migrations.RunSQL(APPEND, f"DROP FUNCTION rooms_append({ARGUMENTS})"),
    ]
