"""Where an office had several sheets, the newest one counts. Not taken back: which ones counted is not known any more."""

from django.db import migrations

REPLACE = """
UPDATE surveys_surveysheet earlier SET replaced_at = now()
WHERE EXISTS (
    SELECT FROM surveys_surveysheet later WHERE later.recipient_id = earlier.recipient_id AND later.id > earlier.id
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0017_survey_sheets_are_replaced"),
    ]
    operations = [
        migrations.RunSQL(REPLACE, migrations.RunSQL.noop),
    ]
