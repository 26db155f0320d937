"""What is searched stays inside its environment, follows each message, and is read through one narrow function.

Written by no statement that writes messages: those cost what they cost before. The worker takes in what is new once a
second (`rooms_take_into_search`), and what it has not taken in yet is searched as it stands: nothing is found late.
"""

from django.db import migrations

from apps.kernel.walls import APP_ROLE, TenantTable

TABLES = ["rooms_searchtext", "rooms_searchmark"]
KEEP = [f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}" for table in TABLES]
GIVE = [f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE}" for table in TABLES]

# Taking in and editing exclude one another: else an edit between reading a message and writing its search text would be
# lost. Any number; nobody else uses it.
LOCK = 7_241_903_518

# Single characters, and pairs of neighbours as one negative number. Two pairs may share a number: whatever is found by
# numbers is looked at again by its words.
GRAMS = """
CREATE FUNCTION rooms_grams(folded text) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(array_agg(gram), '{}') FROM
        (SELECT string_to_array(folded, NULL) AS signs) text,
        LATERAL unnest(signs, signs[2:]) AS neighbours (one, other),
        LATERAL (VALUES (ascii(one)), ((-1 - (ascii(one)::bigint * 1114112 + ascii(other)) % 2147483629)::integer))
            AS numbers (gram)
    WHERE gram IS NOT NULL
$$;
CREATE FUNCTION rooms_grams_of_word(folded text) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(array_agg(gram), '{}') FROM unnest(rooms_grams(folded)) AS gram WHERE length(folded) = 1 OR gram < 0
$$;
"""
NO_GRAMS = "DROP FUNCTION rooms_grams_of_word(text); DROP FUNCTION rooms_grams(text);"

# Each search would look through what waits in the index: `rooms_take_into_search` leaves nothing waiting.
INDEX = "CREATE INDEX rooms_searched_grams ON rooms_searchtext USING gin (rooms_grams(folded)) WITH (gin_pending_list_limit = 65536)"

TEXT = """
CREATE FUNCTION rooms_search_text(asked bigint, body text) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT kernel_fold(body) || coalesce((
        SELECT string_agg(E'\\n' || kernel_fold(file.name), '' ORDER BY attachment.place)
        FROM rooms_attachment attachment JOIN files_storedfile file ON file.id = attachment.file_id
        WHERE attachment.message_id = asked
    ), '')
$$
"""

TAKE_IN = f"""
CREATE FUNCTION rooms_take_into_search(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE taken integer;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    -- Messages are numbered without gaps and in the order in which they are stored: below the highest that is seen,
    -- none can still come.
    WITH behind AS (
        SELECT room.id, room.environment_id, coalesce(mark.number, 0) AS number
        FROM rooms_talkroom room LEFT JOIN rooms_searchmark mark ON mark.room_id = room.id
        WHERE room.last_number > coalesce(mark.number, 0)
    ), new AS MATERIALIZED (
        SELECT behind.environment_id, message.* FROM behind CROSS JOIN LATERAL (
            SELECT id, room_id, author_id, posted_at, number, body, removed_at FROM rooms_message
            WHERE room_id = behind.id AND rooms_message.number > behind.number ORDER BY number LIMIT most
        ) message LIMIT most
    ), marked AS (
        INSERT INTO rooms_searchmark (room_id, environment_id, number)
        SELECT room_id, environment_id, max(number) FROM new GROUP BY room_id, environment_id
        ON CONFLICT (room_id) DO UPDATE SET number = EXCLUDED.number
    ), written AS (
        INSERT INTO rooms_searchtext (message_id, environment_id, room_id, author_id, posted_at, folded)
        SELECT id, environment_id, room_id, author_id, posted_at, rooms_search_text(id, body)
        FROM new WHERE removed_at IS NULL ORDER BY id
    )
    SELECT count(*) INTO taken FROM new;
    IF taken > 0 THEN
        PERFORM gin_clean_pending_list('rooms_searched_grams');
    END IF;
    RETURN taken;
END $$;
REVOKE ALL ON FUNCTION rooms_take_into_search(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_take_into_search(integer) TO {APP_ROLE};
"""

FOLLOW = f"""
CREATE FUNCTION rooms_search_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
    PERFORM pg_advisory_xact_lock_shared({LOCK});
    IF NEW.removed_at IS NULL THEN
        UPDATE rooms_searchtext SET folded = rooms_search_text(NEW.id, NEW.body) WHERE message_id = NEW.id;
    ELSE
        DELETE FROM rooms_searchtext WHERE message_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER search_follows AFTER UPDATE OF body, removed_at ON rooms_message
FOR EACH ROW EXECUTE FUNCTION rooms_search_follows();
REVOKE ALL ON FUNCTION rooms_search_follows() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_search_follows() TO {APP_ROLE};
"""

ARGUMENTS = "uuid[], uuid[], timestamptz[], text[], integer[], uuid, timestamptz, timestamptz, bigint, integer"
# Answers the ids of the newest messages that say all the words, of the rooms that are named and nothing from before
# what those in `limited` show; a NULL among them means that some new messages could not be looked at yet. It runs past
# row-level security, which lets no index be used, and therefore compares the environment itself. Which rooms a person
# may read is said by whoever calls; the messages themselves are read under the reader's own rule (queries/searching.py).
#
# Words of one group stand for one another. `says` looks at the words themselves, `holds` at the index of grams. Few
# messages in all: each is looked at. Else the newest ten thousand, which is enough for a word that is said often; then
# those the index names, which are few for a word that is not. Nothing hangs on the planner's statistics: every inner
# question has one index that can answer it, and the outer one is fenced off.
SEARCH = f"""
CREATE FUNCTION rooms_search(
    rooms uuid[], limited uuid[], shown_from timestamptz[], words text[], groups integer[],
    author uuid, since timestamptz, until timestamptz, before bigint, most integer
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_mergejoin = off SET work_mem = '32MB' SET jit = off AS $$
DECLARE
    here uuid := nullif(current_setting('app.environment', true), '')::uuid;
    said text; held text; allowed text; whole bigint; waiting bigint; fresh bigint[]; found bigint[]; near text;
BEGIN
    IF here IS NULL OR cardinality(words) = 0 THEN
        RETURN;
    END IF;
    SELECT string_agg('(' || says || ')', ' AND '), string_agg('(' || holds || ')', ' AND ') INTO said, held FROM (
        SELECT string_agg(format('strpos(folded, %L) > 0', kernel_fold(word)), ' OR ') AS says,
            string_agg(format('rooms_grams(folded) @> %L::integer[]', rooms_grams_of_word(kernel_fold(word))), ' OR ')
                AS holds
        FROM unnest(words, groups) AS asked (word, nth) WHERE kernel_fold(word) <> '' GROUP BY nth
    ) grouped;
    IF said IS NULL THEN
        RETURN;
    END IF;
    allowed := 'environment_id = $1 AND room_id = ANY($2) AND message_id < $3'
        || ' AND (NOT room_id = ANY($4) OR posted_at >= (SELECT shown FROM unnest($4, $5) AS one (room, shown) WHERE room = room_id))'
        || ' AND ($6 IS NULL OR author_id = $6) AND ($7 IS NULL OR posted_at >= $7) AND ($8 IS NULL OR posted_at < $8)';
    SELECT coalesce(sum(room.last_number), 0), coalesce(sum(room.last_number - coalesce(mark.number, 0)), 0)
    INTO whole, waiting FROM rooms_talkroom room LEFT JOIN rooms_searchmark mark ON mark.room_id = room.id
    WHERE room.id = ANY(rooms) AND room.environment_id = here;

    IF waiting > 0 THEN
        EXECUTE 'SELECT array_agg(message_id) FROM (SELECT *, rooms_search_text(message_id, body) AS folded FROM ('
            || ' SELECT message.id AS message_id, message.environment_id, message.room_id, author_id, posted_at, body'
            || ' FROM rooms_talkroom room LEFT JOIN rooms_searchmark mark ON mark.room_id = room.id'
            || ' CROSS JOIN LATERAL (SELECT * FROM rooms_message WHERE room_id = room.id AND removed_at IS NULL'
            || '  AND number > coalesce(mark.number, 0) ORDER BY number DESC LIMIT {{tail}}) message'
            || ' WHERE room.id = ANY($2) AND room.last_number > coalesce(mark.number, 0)'
            || ' ORDER BY message.id DESC LIMIT {{tail}}) new WHERE ' || allowed || ' OFFSET 0) folded WHERE ' || said
            INTO fresh USING here, rooms, before, limited, shown_from, author, since, until;
    END IF;

    IF whole <= {{few}} THEN
        near := 'SELECT searched.* FROM unnest($2) AS room (id) CROSS JOIN LATERAL'
            || ' (SELECT * FROM rooms_searchtext WHERE room_id = room.id ORDER BY room_id, message_id DESC OFFSET 0) searched';
    ELSIF cardinality(rooms) = 1 THEN
        near := 'SELECT * FROM rooms_searchtext WHERE room_id = $2[1] AND message_id < $3'
            || ' ORDER BY room_id, message_id DESC LIMIT {{near}}';
    ELSE
        near := 'SELECT * FROM rooms_searchtext WHERE environment_id = $1 AND message_id < $3'
            || ' ORDER BY environment_id, message_id DESC LIMIT {{near}}';
    END IF;
    EXECUTE 'SELECT array(SELECT message_id FROM (' || near || ') near WHERE ' || said || ' AND ' || allowed
        || ' ORDER BY message_id DESC LIMIT $9)'
        INTO found USING here, rooms, before, limited, shown_from, author, since, until, most;
    IF whole > {{few}} AND cardinality(found) < most THEN
        EXECUTE 'SELECT array(SELECT message_id FROM (SELECT * FROM rooms_searchtext WHERE ' || held
            || ' OFFSET 0) held WHERE ' || allowed || ' AND ' || said || ' ORDER BY message_id DESC LIMIT $9)'
            INTO found USING here, rooms, before, limited, shown_from, author, since, until, most;
    END IF;

    RETURN QUERY SELECT DISTINCT one FROM unnest(fresh || found) AS one ORDER BY one DESC LIMIT most;
    IF waiting > {{tail}} THEN
        RETURN NEXT NULL;
    END IF;
END $$;
REVOKE ALL ON FUNCTION rooms_search({ARGUMENTS}) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_search({ARGUMENTS}) TO {APP_ROLE};
""".format(tail=3_000, few=20_000, near=10_000)


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0027_search_texts"),
        ("kernel", "0002_fold"),
    ]
    operations = [
        *(TenantTable(table) for table in TABLES),
        migrations.RunSQL(KEEP, GIVE),
        migrations.RunSQL(GRAMS, NO_GRAMS),
        migrations.RunSQL(INDEX, "DROP INDEX rooms_searched_grams"),
        migrations.RunSQL(TEXT, "DROP FUNCTION rooms_search_text(bigint, text)"),
        migrations.RunSQL(TAKE_IN, "DROP FUNCTION rooms_take_into_search(integer)"),
        migrations.RunSQL(
            FOLLOW, "DROP TRIGGER search_follows ON rooms_message; DROP FUNCTION rooms_search_follows();"
        ),
        migrations.RunSQL(SEARCH, f"DROP FUNCTION rooms_search({ARGUMENTS})"),
    ]
