from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0038_places_leave_revisions"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("was__has_any_keys", ["area", "school_district"]), _negated=True),
                name="a_revision_bears_no_place",
            ),
        ),
    ]
