from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # People's deeds are written meanwhile.
    atomic = False
    dependencies = [
        ("audit", "0003_what_the_sealer_writes"),
    ]
    operations = [
        AddIndexConcurrently("entry", models.Index(fields=["environment_id", "id"], name="audit_of_an_environment")),
    ]
