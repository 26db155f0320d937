"""Of which survey one was duplicated first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0015_reminders_have_a_time")]
    operations = [migrations.AddField(model_name="survey", name="origin", field=models.UUIDField(null=True))]
