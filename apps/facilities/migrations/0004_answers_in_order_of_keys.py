"""Answers are ordered by the key of their facility: by the facility itself each question joined and sorted by its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("facilities", "0003_answers_are_found_by_their_number"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="availabilityanswer",
            options={"ordering": ["facility_id", "number"]},
        ),
    ]
