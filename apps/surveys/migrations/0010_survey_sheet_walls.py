"""Which sheet was made for whom stays inside the environment, and stays as it was made."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable

TABLE = "surveys_surveysheet"


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0009_surveys_on_paper"),
        ("paper", "0002_walls"),
    ]
    operations = [
        TenantTable(TABLE),
        SameEnvironment(TABLE, "recipient_id", "surveys_recipient"),
        SameEnvironment(TABLE, "sheet_id", "paper_sheet"),
        AppendOnly(TABLE),
    ]
