"""The consents that end soon are found among a hundred thousand without reading them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0026_import_walls"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="consentrecord",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)), fields=["valid_to"], name="consents_by_their_end"
            ),
        ),
    ]
