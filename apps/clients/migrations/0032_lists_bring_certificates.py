"""Numbers and certifications say which imported list brought them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0031_consent_wording_walls"),
    ]
    operations = [
        migrations.AddField(
            model_name=name,
            name="brought_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.importrun"
            ),
        )
        for name in ("certification", "clientnumber")
    ]
