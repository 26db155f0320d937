"""Of which survey a template was kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0019_one_sheet_of_an_office_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="surveytemplate",
            name="origin",
            field=models.UUIDField(null=True),
        ),
    ]
