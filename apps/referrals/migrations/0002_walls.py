"""Referrals stay inside their environment; what happened stays as it was written, and where a referral stands is what it says."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from apps.kernel.walls import AppendOnly, Kept, SameEnvironment, TenantTable

CONSULTATION, REFERRAL, STEP = "referrals_consultation", "referrals_referral", "referrals_step"
MEMBER = "environments_member"

# The same folding as in standing.py, on its own: a test holds the two against one another.
STANDING = """
CREATE FUNCTION referrals_standing(referral uuid, consultation uuid)
RETURNS TABLE (state text, reached text, application text, since_on date) LANGUAGE plpgsql AS $$
DECLARE
    step record;
    aside text := '';
    is_next boolean;
BEGIN
    reached := 'consulted';
    application := '';
    SELECT consulted_on INTO since_on FROM referrals_consultation WHERE id = consultation;
    FOR step IN
        SELECT told.kind, told.happened_on FROM referrals_step told
        WHERE told.referral_id = referral AND told.kind <> 'corrected'
            AND NOT EXISTS (SELECT FROM referrals_step later WHERE later.corrects_id = told.id)
        ORDER BY told.number
    LOOP
        is_next := CASE step.kind
            WHEN 'introduced' THEN reached = 'consulted'
            WHEN 'visit_booked' THEN reached IN ('consulted', 'introduced', 'visit_booked')
            WHEN 'visit_cancelled' THEN reached = 'visit_booked'
            WHEN 'visited' THEN reached IN ('introduced', 'visit_booked')
            WHEN 'no_show' THEN reached = 'visit_booked'
            WHEN 'trial_booked' THEN reached = 'visited'
            WHEN 'trialed' THEN reached = 'trial_booked'
            WHEN 'decided' THEN reached IN ('visited', 'trialed')
            WHEN 'applied' THEN reached NOT IN ('contracted', 'started') AND application = ''
            WHEN 'granted' THEN reached NOT IN ('contracted', 'started') AND application = 'applied'
            WHEN 'contracted' THEN reached = 'decided' AND application = 'granted'
            WHEN 'started' THEN reached = 'contracted'
            WHEN 'waiting' THEN reached NOT IN ('consulted', 'started') AND aside <> 'waiting'
            WHEN 'resumed' THEN aside = 'waiting'
            WHEN 'declined_by_office' THEN true
            WHEN 'declined_by_family' THEN true
            WHEN 'withdrawn' THEN true
            ELSE false
        END;
        IF NOT is_next OR reached = 'started' OR aside IN ('declined_by_office', 'declined_by_family', 'withdrawn') THEN
            RAISE EXCEPTION 'a step follows from where a referral stands' USING ERRCODE = 'check_violation';
        END IF;
        since_on := step.happened_on;
        IF step.kind IN ('applied', 'granted') THEN
            application := step.kind;
        ELSIF step.kind IN ('waiting', 'declined_by_office', 'declined_by_family', 'withdrawn') THEN
            aside := step.kind;
        ELSIF step.kind = 'resumed' THEN
            aside := '';
        ELSIF step.kind = 'no_show' THEN
            reached := 'introduced';
            aside := 'no_show';
        ELSE
            reached := CASE step.kind WHEN 'visit_cancelled' THEN 'introduced' ELSE step.kind END;
            aside := '';
        END IF;
    END LOOP;
    state := CASE
        WHEN aside <> '' THEN aside
        WHEN reached = 'decided' AND application <> '' THEN application
        ELSE reached
    END;
    RETURN NEXT;
END $$
"""
# Asked once the wall has let the row pass: what stands behind it is not asked for.
IN_ORDER = """
CREATE FUNCTION referrals_a_step_is_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number < 1 OR NEW.number > 1 AND NOT EXISTS (
        SELECT FROM referrals_step told WHERE told.referral_id = NEW.referral_id AND told.number = NEW.number - 1
    ) THEN
        RAISE EXCEPTION 'steps of a referral are numbered without a gap' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.happened_on > (NEW.recorded_at AT TIME ZONE 'Asia/Tokyo')::date THEN
        RAISE EXCEPTION 'a step has happened when it is written' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM referrals_step told
        WHERE told.id = NEW.corrects_id AND told.referral_id = NEW.referral_id AND told.kind <> 'corrected'
    ) THEN
        RAISE EXCEPTION 'a correction is of a step of its referral' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.happened_on < (
        SELECT consulted_on FROM referrals_consultation consulted
        JOIN referrals_referral whole ON whole.consultation_id = consulted.id WHERE whole.id = NEW.referral_id
    ) THEN
        RAISE EXCEPTION 'a step follows the consultation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
MOVES_ON = """
CREATE FUNCTION referrals_a_step_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE referrals_referral whole
    SET (state, reached, application, since_on) = (
        SELECT told.state, told.reached, told.application, told.since_on
        FROM referrals_standing(whole.id, whole.consultation_id) told
    )
    WHERE whole.id = NEW.referral_id;
    RETURN NULL;
END $$
"""
AS_TOLD = """
CREATE FUNCTION referrals_a_referral_stands_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.state::text, NEW.reached::text, NEW.application::text, NEW.since_on) IS DISTINCT FROM (
        SELECT (told.state, told.reached, told.application, told.since_on)
        FROM referrals_standing(NEW.id, NEW.consultation_id) told
    ) THEN
        RAISE EXCEPTION 'a referral stands where its steps say' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


def trigger(name: str, when: str, table: str, function: str) -> RunSQL:
    made = f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    return RunSQL(made, f"DROP TRIGGER {name} ON {table}")


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("clients", "0043_lists_are_analyzed_soon"),
        ("environments", "0006_suspension_walls"),
        ("facilities", "0002_walls"),
        ("visits", "0002_walls"),
    ]
    operations = [
        TenantTable(CONSULTATION),
        SameEnvironment(CONSULTATION, "client_id", "clients_client"),
        SameEnvironment(CONSULTATION, "organization_id", "environments_organization"),
        SameEnvironment(CONSULTATION, "opened_by_id", MEMBER),
        AppendOnly(CONSULTATION),
        TenantTable(REFERRAL),
        SameEnvironment(REFERRAL, "consultation_id", CONSULTATION),
        SameEnvironment(REFERRAL, "facility_id", "facilities_facility"),
        SameEnvironment(REFERRAL, "opened_by_id", MEMBER),
        Kept(REFERRAL, but=["state", "reached", "application", "since_on"]),
        TenantTable(STEP),
        SameEnvironment(STEP, "referral_id", REFERRAL),
        SameEnvironment(STEP, "recorded_by_id", MEMBER),
        SameEnvironment(STEP, "corrects_id", STEP),
        SameEnvironment(STEP, "visit_id", "visits_visit"),
        AppendOnly(STEP),
        RunSQL(STANDING, "DROP FUNCTION referrals_standing(uuid, uuid)"),
        RunSQL(IN_ORDER, "DROP FUNCTION referrals_a_step_is_in_order()"),
        trigger("a_step_is_in_order", "AFTER INSERT", STEP, "referrals_a_step_is_in_order"),
        RunSQL(MOVES_ON, "DROP FUNCTION referrals_a_step_moves_on()"),
        trigger("a_step_moves_on", "AFTER INSERT", STEP, "referrals_a_step_moves_on"),
        RunSQL(AS_TOLD, "DROP FUNCTION referrals_a_referral_stands_as_told()"),
        trigger("a_referral_stands_as_told", "AFTER INSERT OR UPDATE", REFERRAL, "referrals_a_referral_stands_as_told"),
    ]
