"""Once a survey is opened, what it asks and whom it asks stays; once it is closed, nobody answers any more."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

# What belongs to a question may change while its survey is a draft. Of a question that was asked only the date that was
# settled on changes. A row's environment is the wall's matter.
STAYS = """
CREATE FUNCTION surveys_what_was_asked_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    row_named jsonb := coalesce(row_after, row_before);
    asked uuid := CASE
        WHEN row_named ? 'survey_id' THEN (row_named->>'survey_id')::uuid
        ELSE (SELECT survey_id FROM surveys_question WHERE id = (row_named->>'question_id')::bigint)
    END;
BEGIN
    IF TG_OP = 'UPDATE' AND row_before - '{environment_id,fixed_id,fixed_at,fixed_by_id,reminded_at}'::text[]
        = row_after - '{environment_id,fixed_id,fixed_at,fixed_by_id,reminded_at}'::text[] THEN RETURN NEW; END IF;
    IF EXISTS (SELECT FROM surveys_survey WHERE id = asked AND opened_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was asked stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$
"""
TABLES = ["surveys_section", "surveys_question", "surveys_choice", "surveys_row", "surveys_recipient"]
# An answer is written only while its survey is opened and not closed.
CLOSED = """
CREATE FUNCTION surveys_closed_takes_no_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answered uuid := CASE TG_TABLE_NAME
        WHEN 'surveys_reply' THEN (to_jsonb(NEW)->>'recipient_id')::uuid
        ELSE (SELECT recipient_id FROM surveys_reply WHERE id = (to_jsonb(NEW)->>'reply_id')::bigint)
    END;
BEGIN
    IF EXISTS (
        SELECT FROM surveys_recipient JOIN surveys_survey ON surveys_survey.id = survey_id
        WHERE surveys_recipient.id = answered AND (opened_at IS NULL OR closed_at IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'a survey that is not open takes no answer' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_walls")]
    operations = [
        RunSQL(STAYS, "DROP FUNCTION surveys_what_was_asked_stays()"),
        *(
            RunSQL(
                f"CREATE TRIGGER what_was_asked_stays BEFORE INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION surveys_what_was_asked_stays()",
                f"DROP TRIGGER what_was_asked_stays ON {table}",
            )
            for table in TABLES
        ),
        RunSQL(CLOSED, "DROP FUNCTION surveys_closed_takes_no_answer()"),
        *(
            RunSQL(
                f"CREATE TRIGGER closed_takes_no_answer BEFORE INSERT OR UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION surveys_closed_takes_no_answer()",
                f"DROP TRIGGER closed_takes_no_answer ON {table}",
            )
            for table in ["surveys_reply", "surveys_answer"]
        ),
    ]
