"""A talk of two people is theirs alone and inside their environment; a role fits its room."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment

# A role and a talk's two people stand in two tables: no constraint of one of them can compare the two.
FITS = """
CREATE FUNCTION rooms_membership_fits_its_room() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    room record;
BEGIN
    SELECT kind, pair_first_id, pair_second_id INTO room FROM rooms_talkroom WHERE id = NEW.room_id;
    IF room.kind = 'pair' AND NEW.member_id NOT IN (room.pair_first_id, room.pair_second_id) THEN
        RAISE EXCEPTION 'a talk of two has two people'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_talk_of_two_has_two_people';
    END IF;
    IF (NEW.role = 'owner' AND room.kind NOT IN ('group', 'announcement'))
        OR (NEW.role = 'reader' AND room.kind <> 'announcement') THEN
        RAISE EXCEPTION 'this room has no such role'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_role_fits_its_room';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits_its_room BEFORE INSERT OR UPDATE OF role, room_id, member_id ON rooms_roommembership
FOR EACH ROW EXECUTE FUNCTION rooms_membership_fits_its_room();
"""
UNFITTED = """
DROP TRIGGER fits_its_room ON rooms_roommembership;
DROP FUNCTION rooms_membership_fits_its_room();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0007_kind_constraints"),
    ]
    operations = [
        SameEnvironment("rooms_talkroom", "pair_first_id", "environments_member"),
        SameEnvironment("rooms_talkroom", "pair_second_id", "environments_member"),
        migrations.RunSQL(FITS, UNFITTED),
    ]
