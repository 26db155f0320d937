"""At what time of the day those are reminded who have not answered."""

from datetime import time

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0014_target_list_walls")]
    operations = [
        migrations.AddField(model_name="survey", name="reminder_time", field=models.TimeField(default=time(9, 0))),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(reminder_time__range=(time(8, 30), time(17, 0))),
                name="reminders_come_while_offices_are_open",
            ),
        ),
    ]
