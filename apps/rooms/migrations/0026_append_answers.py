"""The statement that writes messages also says which message of the room each of them answers, if any."""

from importlib import import_module

from django.db import migrations

from apps.kernel.walls import APP_ROLE

# Of the same room by construction, and only one that is there; without an answer nothing is asked.
SAME_ROOM = """
ALTER TABLE rooms_message ADD CONSTRAINT a_message_answers_one_of_its_room
    FOREIGN KEY (room_id, answers) REFERENCES rooms_message (room_id, number);
ALTER TABLE rooms_waitingmessage ADD CONSTRAINT what_waits_answers_a_message_of_its_room
    FOREIGN KEY (room_id, answers) REFERENCES rooms_message (room_id, number);
"""
ANY_ROOM = """
ALTER TABLE rooms_message DROP CONSTRAINT a_message_answers_one_of_its_room;
ALTER TABLE rooms_waitingmessage DROP CONSTRAINT what_waits_answers_a_message_of_its_room;
"""

ARGUMENTS = import_module("apps.rooms.migrations.0003_append_function").ARGUMENTS
BEFORE = import_module("apps.rooms.migrations.0011_append_leaves_archives_alone").APPEND
CHANGES = {
    "addresses inet[], agents text[]\n)": "addresses inet[], agents text[],\n    answers bigint[] DEFAULT NULL\n)",
    "addresses, agents) WITH": "addresses, agents, answers) WITH",
    "address, agent, nth)": "address, agent, answers, nth)",
    "client_key, posted_at)\n": "client_key, posted_at, answers)\n",
    "new.client_key, moved.at\n": "new.client_key, moved.at, new.answers\n",
}


def changed(before: str, changes: dict[str, str]) -> str:
    """The statement with each of the changes, none of which may miss."""
    after = before
    for old, new in changes.items():
        assert after.count(old) == 1, old
        after = after.replace(old, new)
    return after


def instead(statement: str, arguments: str, of: str) -> str:
    """The statement with these arguments, in the place of the one that had others."""
    return f"""
DROP FUNCTION rooms_append({of});
{statement}
REVOKE ALL ON FUNCTION rooms_append({arguments}) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rooms_append({arguments}) TO {APP_ROLE};
"""


APPEND = changed(BEFORE, CHANGES)
WITH_ANSWERS = f"{ARGUMENTS}, bigint[]"


class Migration(migrations.Migration):
    dependencies = [("rooms", "0025_messages_answer")]
    operations = [
        migrations.RunSQL(SAME_ROOM, ANY_ROOM),
        migrations.RunSQL(instead(APPEND, WITH_ANSWERS, ARGUMENTS), instead(BEFORE, ARGUMENTS, WITH_ANSWERS)),
    ]
