"""Of the sheets of an office one counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0018_earlier_sheets_were_replaced"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="surveysheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("recipient",), name="one_sheet_of_an_office_counts"
            ),
        ),
    ]
