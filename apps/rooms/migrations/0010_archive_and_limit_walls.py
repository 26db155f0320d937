"""Archives and limits stay inside their environment; nobody comes into a full room, or into one room too many."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable

# Counted under locks: of the room, which whoever lets somebody in holds already, and of the person, whom others may let
# into other rooms in the same moment. Archived rooms do not count for a person. Messages never come this way.
LIMITS = """
CREATE FUNCTION rooms_membership_keeps_the_limits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    members integer;
    rooms integer;
BEGIN
    SELECT members_per_room, rooms_per_person INTO members, rooms
    FROM rooms_roomlimits WHERE environment_id = NEW.environment_id;
    PERFORM 1 FROM rooms_talkroom WHERE id = NEW.room_id FOR NO KEY UPDATE;
    IF (
        SELECT count(*) FROM rooms_roommembership
        WHERE room_id = NEW.room_id AND (valid_to IS NULL OR valid_to > clock_timestamp())
    ) >= coalesce(members, 500) THEN
        RAISE EXCEPTION 'the room is full'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_room_holds_so_many_members';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('rooms of ' || NEW.member_id, 0));
    IF (
        SELECT count(*) FROM rooms_roommembership membership JOIN rooms_talkroom room ON room.id = membership.room_id
        WHERE membership.member_id = NEW.member_id AND room.archived_at IS NULL
            AND (membership.valid_to IS NULL OR membership.valid_to > clock_timestamp())
    ) >= coalesce(rooms, 500) THEN
        RAISE EXCEPTION 'this person is in as many rooms as there may be'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_person_is_in_so_many_rooms';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_the_limits BEFORE INSERT ON rooms_roommembership
FOR EACH ROW WHEN (NEW.valid_to IS NULL) EXECUTE FUNCTION rooms_membership_keeps_the_limits();
"""
UNLIMITED = """
DROP TRIGGER keeps_the_limits ON rooms_roommembership;
DROP FUNCTION rooms_membership_keeps_the_limits();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0009_archives_and_limits"),
    ]
    operations = [
        SameEnvironment("rooms_talkroom", "archived_by_id", "environments_member"),
        TenantTable("rooms_roomlimits"),
        SameEnvironment("rooms_roomlimits", "changed_by_id", "environments_member"),
        migrations.RunSQL(LIMITS, UNLIMITED),
    ]
