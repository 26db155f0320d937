from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # People's deeds are written meanwhile.
    atomic = False
    dependencies = [
        ("audit", "0006_functions_of_the_sealer"),
    ]
    operations = [
        AddIndexConcurrently(
            "entry", models.Index(fields=["environment_id", "-recorded_at", "-id"], name="audit_by_time")
        ),
        AddIndexConcurrently(
            "entry",
            models.Index(fields=["environment_id", "organization_id", "-recorded_at"], name="audit_of_an_organization"),
        ),
        AddIndexConcurrently(
            "entry",
            models.Index(
                fields=["environment_id", "-recorded_at"],
                condition=models.Q(("outcome", "refused")),
                name="audit_refusals",
            ),
        ),
    ]
