"""Files of answers stay inside the environment, and are given only while the survey takes answers."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from apps.kernel.walls import SameEnvironment, TenantTable

TABLE = "surveys_answerfile"
# As of answers (0003): a file is given only while its survey is opened and not closed.
CLOSED = f"""
CREATE FUNCTION surveys_closed_takes_no_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM surveys_recipient JOIN surveys_survey ON surveys_survey.id = survey_id
        WHERE surveys_recipient.id = NEW.recipient_id AND (opened_at IS NULL OR closed_at IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'a survey that is not open takes no file' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_takes_no_file BEFORE INSERT OR UPDATE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION surveys_closed_takes_no_file()
"""
UNDO = f"DROP TRIGGER closed_takes_no_file ON {TABLE}; DROP FUNCTION surveys_closed_takes_no_file()"


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0011_files_are_answers"),
        ("files", "0002_walls"),
    ]
    operations = [
        TenantTable(TABLE),
        SameEnvironment(TABLE, "recipient_id", "surveys_recipient"),
        SameEnvironment(TABLE, "question_id", "surveys_question"),
        SameEnvironment(TABLE, "file_id", "files_storedfile"),
        RunSQL(CLOSED, UNDO),
    ]
