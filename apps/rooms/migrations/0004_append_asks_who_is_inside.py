"""The statement that writes messages asks once more who is in the room, in the moment it writes."""

from importlib import import_module

from django.db import migrations

# Who may post is decided before (actions.post, the hub); between that and the writing their time in the room may have
# ended. Such a message is not stored, and no row answers for it. When a time in the room begins is not asked again: the
# application's clock, which wrote it, may be ahead of the database's.
APPEND = """
CREATE OR REPLACE FUNCTION rooms_append(
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
    ) AND EXISTS (
        SELECT 1 FROM rooms_roommembership inside
        WHERE inside.room_id = sent.room_id AND inside.member_id = sent.author_id
        AND (inside.valid_to IS NULL OR inside.valid_to > clock_timestamp())
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
"""
BEFORE = import_module("apps.rooms.migrations.0003_append_function").APPEND.replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("rooms", "0003_append_function")]
    operations = [migrations.RunSQL(APPEND, BEFORE)]
