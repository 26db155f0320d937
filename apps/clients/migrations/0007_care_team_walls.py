"""What the database promises about care teams: walls, periods that are never overwritten, and people who go with their seat.

Kept by triggers because the rows of four tables are concerned, and because a place in the environment is ended one floor
below, by verbs that know nothing of care teams.
"""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable

PERIODS = ["clients_seat", "clients_teammember", "clients_responsibility"]

# Of a period only the end changes: it is set or brought nearer, and once it has passed it stays. Clocks of the
# application and the database may differ by a moment; both ends of that moment are harmless.
ONLY_THE_END = """
CREATE FUNCTION clients_only_the_end_changes() RETURNS trigger LANGUAGE plpgsql AS $$
-- The environment is kept by the wall and by the foreign keys.
DECLARE free text[] := ARRAY['valid_to', 'ended_by_id', 'environment_id'];
BEGIN
    IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
        OR OLD.valid_to <= clock_timestamp() OR NEW.valid_to IS NULL AND OLD.valid_to IS NOT NULL OR NEW.valid_to > OLD.valid_to
    THEN
        RAISE EXCEPTION 'periods on a care team are ended, never overwritten' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'periods_on_a_team_are_never_overwritten', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""

NEVER_DELETED = """
CREATE FUNCTION clients_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'who was on a care team is never deleted' USING
        ERRCODE = 'check_violation', CONSTRAINT = 'who_was_on_a_team_is_never_deleted', TABLE = TG_TABLE_NAME;
END $$
"""

# The seat and the person's place are held while it is looked: whoever ends one of them waits, and ends this row too.
PERSON_FITS = """
CREATE FUNCTION clients_person_fits_the_seat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE seat clients_seat; person environments_member; held tstzrange := tstzrange(NEW.valid_from, NEW.valid_to);
BEGIN
    SELECT * INTO seat FROM clients_seat WHERE id = NEW.seat_id FOR SHARE;
    SELECT * INTO person FROM environments_member WHERE id = NEW.member_id FOR SHARE;
    -- What is out of sight here is of another environment, or nowhere: the wall and the foreign keys refuse it.
    IF seat.id IS NULL OR person.id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce(
        person.organization_id = seat.organization_id
        AND tstzrange(seat.valid_from, seat.valid_to) @> held
        AND tstzrange(person.valid_from, person.valid_to) @> held, false
    ) THEN
        RAISE EXCEPTION 'a person on a seat is a present member of its organization' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'people_on_a_seat_are_of_its_organization', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""

RESPONSIBLE_FITS = """
CREATE FUNCTION clients_responsible_fits_the_team() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person clients_teammember; seat clients_seat;
BEGIN
    SELECT * INTO person FROM clients_teammember WHERE id = NEW.person_id FOR SHARE;
    SELECT * INTO seat FROM clients_seat WHERE id = person.seat_id;
    IF person.id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce(
        seat.client_id = NEW.client_id
        AND person.role IN ('care_manager', 'chief_care_manager', 'consultation_specialist')
        AND tstzrange(person.valid_from, person.valid_to) @> tstzrange(NEW.valid_from, NEW.valid_to), false
    ) THEN
        RAISE EXCEPTION 'responsible is a care manager or consultation specialist of the team' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'the_responsible_person_makes_the_plan', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


def goes_with(name: str, parent: str, child: str, column: str, ended_by: str) -> list[migrations.RunSQL]:
    """When the parent's end is set or brought nearer, the child's periods end with it."""
    until = "greatest(NEW.valid_to, valid_from)"
    return [
        migrations.RunSQL(
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                UPDATE {child} SET valid_to = {until}, ended_by_id = {ended_by}
                WHERE {column} = NEW.id AND (valid_to IS NULL OR valid_to > {until});
                RETURN NULL;
            END $$
            """,
            f"DROP FUNCTION {name}()",
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER {name} AFTER UPDATE OF valid_to ON {parent}"
            f" FOR EACH ROW WHEN (NEW.valid_to IS NOT NULL) EXECUTE FUNCTION {name}()",
            f"DROP TRIGGER {name} ON {parent}",
        ),
    ]


def before(name: str, what: str, table: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0006_care_teams"),
    ]
    operations = [
        TenantTable("clients_teammember"),
        SameEnvironment("clients_teammember", "seat_id", "clients_seat"),
        SameEnvironment("clients_teammember", "member_id", "environments_member"),
        SameEnvironment("clients_teammember", "given_by_id", "environments_member"),
        SameEnvironment("clients_teammember", "ended_by_id", "environments_member"),
        TenantTable("clients_responsibility"),
        SameEnvironment("clients_responsibility", "client_id", "clients_client"),
        SameEnvironment("clients_responsibility", "person_id", "clients_teammember"),
        SameEnvironment("clients_responsibility", "given_by_id", "environments_member"),
        SameEnvironment("clients_responsibility", "ended_by_id", "environments_member"),
        migrations.RunSQL(NEVER_DELETED, "DROP FUNCTION clients_never_deleted()"),
        before("never_deleted", "DELETE", "clients_teammember", "clients_never_deleted"),
        before("never_deleted", "DELETE", "clients_responsibility", "clients_never_deleted"),
        migrations.RunSQL(ONLY_THE_END, "DROP FUNCTION clients_only_the_end_changes()"),
        *[before("only_the_end_changes", "UPDATE", table, "clients_only_the_end_changes") for table in PERIODS],
        migrations.RunSQL(PERSON_FITS, "DROP FUNCTION clients_person_fits_the_seat()"),
        before("person_fits_the_seat", "INSERT", "clients_teammember", "clients_person_fits_the_seat"),
        migrations.RunSQL(RESPONSIBLE_FITS, "DROP FUNCTION clients_responsible_fits_the_team()"),
        before("responsible_fits_the_team", "INSERT", "clients_responsibility", "clients_responsible_fits_the_team"),
        *goes_with("people_go_with_their_seat", "clients_seat", "clients_teammember", "seat_id", "NEW.ended_by_id"),
        *goes_with(
            "people_leave_teams_with_their_place", "environments_member", "clients_teammember", "member_id", "NULL"
        ),
        *goes_with(
            "responsibility_goes_with_the_person",
            "clients_teammember",
            "clients_responsibility",
            "person_id",
            "NEW.ended_by_id",
        ),
    ]
