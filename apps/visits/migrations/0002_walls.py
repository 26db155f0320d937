"""Visits stay inside their environment, and a place is given only where there is one, whoever asks the database."""

from django.db import migrations

from apps.kernel.walls import Kept, SameEnvironment, TenantTable

# The reader waits for whoever changes the time, so that of a booking and a closing one comes after the other.
A_PLACE_IS_THERE = """
CREATE FUNCTION visits_a_place_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked visits_slot%ROWTYPE;
BEGIN
    SELECT * INTO asked FROM visits_slot WHERE id = NEW.slot_id FOR SHARE;
    IF asked.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'a_withdrawn_slot_takes_nobody',
            MESSAGE = 'a_withdrawn_slot_takes_nobody';
    END IF;
    IF NEW.place > asked.capacity THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'a_place_is_one_of_the_slots',
            MESSAGE = 'a_place_is_one_of_the_slots';
    END IF;
    RETURN NEW;
END $$
"""
NOBODY_IS_PUT_OUT = """
CREATE FUNCTION visits_nobody_is_put_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM visits_visit
        WHERE slot_id = NEW.id AND ended_at IS NULL AND (NEW.withdrawn_at IS NOT NULL OR place > NEW.capacity)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_put_out_unseen',
            MESSAGE = 'nobody_is_put_out_unseen';
    END IF;
    RETURN NEW;
END $$
"""
# What was ended is over: it is not booked, not taken up again, not given another reason.
WHAT_ENDED_STAYS = """
CREATE FUNCTION visits_what_ended_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'a_visit_that_ended_stays_ended',
        MESSAGE = 'a_visit_that_ended_stays_ended';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_initial"),
        ("facilities", "0002_walls"),
    ]
    operations = [
        TenantTable("visits_slot"),
        SameEnvironment("visits_slot", "facility_id", "facilities_facility"),
        SameEnvironment("visits_slot", "published_by_id", "environments_member"),
        SameEnvironment("visits_slot", "withdrawn_by_id", "environments_member"),
        Kept("visits_slot", but=["capacity", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason"]),
        TenantTable("visits_visit"),
        SameEnvironment("visits_visit", "slot_id", "visits_slot"),
        SameEnvironment("visits_visit", "held_by_id", "environments_member"),
        SameEnvironment("visits_visit", "booked_by_id", "environments_member"),
        SameEnvironment("visits_visit", "ended_by_id", "environments_member"),
        SameEnvironment("visits_visit", "moved_from_id", "visits_visit"),
        Kept("visits_visit", but=["booked_at", "booked_by_id", "ended_at", "ended_by_id", "ended_reason"]),
        migrations.RunSQL(A_PLACE_IS_THERE, "DROP FUNCTION visits_a_place_is_there()"),
        migrations.RunSQL(
            "CREATE TRIGGER a_place_is_there BEFORE INSERT ON visits_visit"
            " FOR EACH ROW EXECUTE FUNCTION visits_a_place_is_there()",
            "DROP TRIGGER a_place_is_there ON visits_visit",
        ),
        migrations.RunSQL(NOBODY_IS_PUT_OUT, "DROP FUNCTION visits_nobody_is_put_out()"),
        migrations.RunSQL(
            "CREATE TRIGGER nobody_is_put_out BEFORE UPDATE ON visits_slot"
            " FOR EACH ROW EXECUTE FUNCTION visits_nobody_is_put_out()",
            "DROP TRIGGER nobody_is_put_out ON visits_slot",
        ),
        migrations.RunSQL(WHAT_ENDED_STAYS, "DROP FUNCTION visits_what_ended_stays()"),
        migrations.RunSQL(
            "CREATE TRIGGER what_ended_stays BEFORE UPDATE ON visits_visit"
            " FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION visits_what_ended_stays()",
            "DROP TRIGGER what_ended_stays ON visits_visit",
        ),
    ]
