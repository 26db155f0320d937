"""Once an inquiry has ended it is not ended otherwise, takes no answer, and tells nobody; it tells whom it has asked."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

OVER = """
CREATE FUNCTION inquiries_what_is_over_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'an inquiry that is over stays as it ended' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
ANSWERS = """
CREATE FUNCTION inquiries_what_is_over_takes_no_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM inquiries_recipient JOIN inquiries_inquiry ON inquiries_inquiry.id = inquiry_id
        WHERE inquiries_recipient.id = NEW.recipient_id AND closed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an inquiry that is over takes no answer' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
# By a consent of the very client, to one of those who were asked, and before the inquiry has ended. Asked once the wall
# has let the row pass: what stands behind it is not asked for.
TELLS = """
CREATE FUNCTION inquiries_a_release_is_of_its_inquiry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM inquiries_inquiry asked
        JOIN inquiries_recipient chosen ON chosen.inquiry_id = asked.id
        JOIN inquiries_inquiryclient whom ON whom.inquiry_id = asked.id
        JOIN clients_consentrecord consent ON consent.client_id = whom.client_id
        WHERE asked.id = NEW.inquiry_id AND chosen.id = NEW.recipient_id AND consent.id = NEW.consent_id
            AND asked.closed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a release is of its inquiry and by its client''s consent' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


def trigger(name: str, when: str, table: str, function: str) -> RunSQL:
    made = f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    return RunSQL(made, f"DROP TRIGGER {name} ON {table}")


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0002_walls")]
    operations = [
        RunSQL(OVER, "DROP FUNCTION inquiries_what_is_over_stays()"),
        trigger("what_is_over_stays", "BEFORE UPDATE", "inquiries_inquiry", "inquiries_what_is_over_stays"),
        RunSQL(ANSWERS, "DROP FUNCTION inquiries_what_is_over_takes_no_answer()"),
        trigger(
            "what_is_over_takes_no_answer",
            "BEFORE INSERT OR UPDATE",
            "inquiries_inquiryreply",
            "inquiries_what_is_over_takes_no_answer",
        ),
        RunSQL(TELLS, "DROP FUNCTION inquiries_a_release_is_of_its_inquiry()"),
        trigger(
            "a_release_is_of_its_inquiry", "AFTER INSERT", "inquiries_release", "inquiries_a_release_is_of_its_inquiry"
        ),
    ]
