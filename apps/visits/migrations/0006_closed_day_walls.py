"""Closed days stay inside their environment, and no time stands on one, whoever asks the database."""

from django.db import migrations

from apps.kernel.walls import Kept, SameEnvironment, TenantTable

# Both take the lock of the facility first: of a time and a closing in the same moment one comes after the other.
NO_TIME_ON_A_CLOSED_DAY = """
CREATE FUNCTION visits_no_time_on_a_closed_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('visits.days ' || NEW.facility_id::text, 0));
    IF NEW.withdrawn_at IS NULL AND EXISTS (
        SELECT FROM visits_closedday
        WHERE facility_id = NEW.facility_id AND opened_at IS NULL
          AND day = (NEW.starts_at AT TIME ZONE 'Asia/Tokyo')::date
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_day_receives_nobody',
            MESSAGE = 'a_closed_day_receives_nobody';
    END IF;
    RETURN NEW;
END $$
"""
A_CLOSED_DAY_HAS_NO_TIMES = """
CREATE FUNCTION visits_a_closed_day_has_no_times() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('visits.days ' || NEW.facility_id::text, 0));
    IF EXISTS (
        SELECT FROM visits_slot
        WHERE facility_id = NEW.facility_id AND withdrawn_at IS NULL AND starts_at > now()
          AND NEW.day = (starts_at AT TIME ZONE 'Asia/Tokyo')::date
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_day_has_no_times',
            MESSAGE = 'a_closed_day_has_no_times';
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0005_closed_days_and_reminders"),
    ]
    operations = [
        TenantTable("visits_closedday"),
        SameEnvironment("visits_closedday", "facility_id", "facilities_facility"),
        SameEnvironment("visits_closedday", "closed_by_id", "environments_member"),
        SameEnvironment("visits_closedday", "opened_by_id", "environments_member"),
        Kept("visits_closedday", but=["opened_at", "opened_by_id"]),
        Kept(
            "visits_visit",
            but=["booked_at", "booked_by_id", "reminded_at", "ended_at", "ended_by_id", "ended_reason", "room_id"],
        ),
        migrations.RunSQL(NO_TIME_ON_A_CLOSED_DAY, "DROP FUNCTION visits_no_time_on_a_closed_day()"),
        migrations.RunSQL(
            "CREATE TRIGGER no_time_on_a_closed_day BEFORE INSERT ON visits_slot"
            " FOR EACH ROW EXECUTE FUNCTION visits_no_time_on_a_closed_day()",
            "DROP TRIGGER no_time_on_a_closed_day ON visits_slot",
        ),
        migrations.RunSQL(A_CLOSED_DAY_HAS_NO_TIMES, "DROP FUNCTION visits_a_closed_day_has_no_times()"),
        migrations.RunSQL(
            "CREATE TRIGGER a_closed_day_has_no_times BEFORE INSERT ON visits_closedday"
            " FOR EACH ROW EXECUTE FUNCTION visits_a_closed_day_has_no_times()",
            "DROP TRIGGER a_closed_day_has_no_times ON visits_closedday",
        ),
    ]
