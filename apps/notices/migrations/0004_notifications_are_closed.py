from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_notifications_are_settled"),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
