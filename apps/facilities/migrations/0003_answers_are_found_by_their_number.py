"""Answers are found by facility and number alone: an index of all answers of an environment led the planner astray."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("facilities", "0002_walls"),
    ]
    operations = [
        migrations.AlterField(
            model_name="availabilityanswer",
            name="environment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="environments.environment",
            ),
        ),
        migrations.AlterField(
            model_name="availabilityanswer",
            name="facility",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="facilities.facility",
            ),
        ),
    ]
