"""Files can be asked for, and are given."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("files", "0005_reservation_walls"),
        ("surveys", "0010_survey_sheet_walls"),
    ]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.CharField(
                choices=[
                    ("availability", "Free places by weekday, time and age"),
                    ("single", "One of several"),
                    ("multiple", "Several of several"),
                    ("number", "A number"),
                    ("date", "Date"),
                    ("date_poll", "Dates to choose from (○△×)"),
                    ("time", "A time of day"),
                    ("scale", "Scale"),
                    ("text", "Free text"),
                    ("matrix", "Table of choices"),
                    ("file", "Files or photos"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="surveys.question"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="surveys.recipient"
                    ),
                ),
            ],
            options={
                "ordering": ["recipient", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "number"), name="files_are_numbered_within_their_reply"
                    ),
                    models.UniqueConstraint(
                        fields=("recipient", "question", "file"), name="a_file_answers_a_question_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="files_of_a_reply_begin_at_one"
                    ),
                ],
            },
        ),
    ]
