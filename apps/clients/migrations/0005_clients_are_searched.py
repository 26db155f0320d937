from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0004_consent_walls"),
        ("kernel", "0002_fold"),
    ]

    operations = [
        migrations.AddField(
            model_name="client",
            name="search_text",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("name"), models.F("kana"), function="kernel_search_text"),
                output_field=models.TextField(),
            ),
        ),
    ]
