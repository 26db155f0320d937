"""Which sheet was made for whom."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("paper", "0003_a_code_says_its_environment"),
        ("surveys", "0008_templates_are_shared"),
    ]

    operations = [
        migrations.CreateModel(
            name="SurveySheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="surveys.recipient"
                    ),
                ),
                (
                    "sheet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="paper.sheet"
                    ),
                ),
            ],
        ),
    ]
