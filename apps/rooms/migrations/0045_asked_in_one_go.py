"""What asks for a confirmation has its question, and a question its message, whenever a transaction ends."""

from django.db import migrations

from apps.kernel.walls import APP_ROLE

# With the rights of the owner: what a transaction leaves behind does not hang on who looks. Only where somebody is asked: a
# plain message pays for none of it.
TOGETHER = f"""
CREATE FUNCTION rooms_message_has_its_question() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
    IF NOT EXISTS (SELECT FROM rooms_ask WHERE message_id = NEW.id) THEN
        RAISE EXCEPTION 'a message that asks for a confirmation has its question'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_message_that_asks_has_its_question';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_its_question AFTER UPDATE OF asked_of ON rooms_message
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.asked_of <> '') EXECUTE FUNCTION rooms_message_has_its_question();

CREATE FUNCTION rooms_question_is_said() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
    IF EXISTS (SELECT FROM rooms_message WHERE id = NEW.message_id AND asked_of = '') THEN
        RAISE EXCEPTION 'a question for a confirmation stands at its message'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_question_stands_at_its_message';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_said AFTER INSERT ON rooms_ask
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION rooms_question_is_said();

REVOKE ALL ON FUNCTION rooms_message_has_its_question(), rooms_question_is_said() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_message_has_its_question(), rooms_question_is_said() TO {APP_ROLE};
"""
APART = """
DROP TRIGGER is_said ON rooms_ask;
DROP FUNCTION rooms_question_is_said();
DROP TRIGGER has_its_question ON rooms_message;
DROP FUNCTION rooms_message_has_its_question();
"""


class Migration(migrations.Migration):
    dependencies = [("rooms", "0044_what_waits_asks")]
    operations = [migrations.RunSQL(TOGETHER, APART)]
