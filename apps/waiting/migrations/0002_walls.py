"""Who waits and what they were offered stays inside its environment; an offer ends with the visit that is behind it."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, Kept, SameEnvironment, TenantTable

WAITING, FOR_WHOM, WISHED, OFFER = (
    "waiting_waiting",
    "waiting_waitingclient",
    "waiting_wishedfacility",
    "waiting_offer",
)
MEMBER = "environments_member"
# Whoever books, cancels, withdraws or sweeps knows nothing of offers: so it is one deed, whoever does it.
FOLLOWS = """
CREATE FUNCTION waiting_offer_follows_its_visit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE waits uuid;
BEGIN
    IF OLD.booked_at IS NULL AND NEW.booked_at IS NOT NULL THEN
        UPDATE waiting_offer SET ended_at = NEW.booked_at, outcome = 'booked'
            WHERE visit_id = NEW.id AND ended_at IS NULL RETURNING waiting_id INTO waits;
        UPDATE waiting_waiting SET ended_at = NEW.booked_at, ended_by_id = NEW.booked_by_id, ended_reason = 'booked'
            WHERE id = waits AND ended_at IS NULL;
    ELSIF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN
        UPDATE waiting_offer SET ended_at = NEW.ended_at, outcome = CASE NEW.ended_reason
                WHEN 'run_out' THEN 'run_out' WHEN 'closed' THEN 'withdrawn' ELSE 'given_back' END
            WHERE visit_id = NEW.id AND ended_at IS NULL;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER waiting_offer_follows_its_visit AFTER UPDATE OF booked_at, ended_at ON visits_visit
    FOR EACH ROW EXECUTE FUNCTION waiting_offer_follows_its_visit();
"""
ALONE = """
DROP TRIGGER waiting_offer_follows_its_visit ON visits_visit;
DROP FUNCTION waiting_offer_follows_its_visit();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("waiting", "0001_initial"),
        ("visits", "0009_requests"),
        ("facilities", "0004_answers_in_order_of_keys"),
        ("clients", "0043_lists_are_analyzed_soon"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(WAITING),
        SameEnvironment(WAITING, "put_by_id", MEMBER),
        SameEnvironment(WAITING, "ended_by_id", MEMBER),
        SameEnvironment(WAITING, "near_id", "facilities_schooldistrict"),
        Kept(WAITING, but=["ended_at", "ended_by_id", "ended_reason"]),
        TenantTable(FOR_WHOM),
        SameEnvironment(FOR_WHOM, "waiting_id", WAITING),
        SameEnvironment(FOR_WHOM, "client_id", "clients_client"),
        AppendOnly(FOR_WHOM),
        TenantTable(WISHED),
        SameEnvironment(WISHED, "waiting_id", WAITING),
        SameEnvironment(WISHED, "facility_id", "facilities_facility"),
        AppendOnly(WISHED),
        TenantTable(OFFER),
        SameEnvironment(OFFER, "waiting_id", WAITING),
        SameEnvironment(OFFER, "visit_id", "visits_visit"),
        Kept(OFFER, but=["ended_at", "outcome", "reason"]),
        migrations.RunSQL(FOLLOWS, ALONE),
    ]
