"""A facility is public or private, or not known to be either."""

from django.db import migrations, models

from apps.kernel.walls import Kept

# All that may be said anew of a facility.
SAID_ANEW = [
    *("organization_id", "kind_id", "name", "kana", "phone", "fax", "postal_code", "address", "latitude", "longitude"),
    *("capacity", "age_groups", "takes_medical_care", "picks_up", "closed_on", "operator"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_initial"),
        ("environments", "0006_suspension_walls"),
        ("facilities", "0004_answers_in_order_of_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="facility",
            name="operator",
            field=models.CharField(
                blank=True,
                choices=[("public", "Public"), ("private", "Private")],
                max_length=7,
                verbose_name="Who runs it",
            ),
        ),
        migrations.AddConstraint(
            model_name="facility",
            constraint=models.CheckConstraint(
                condition=models.Q(("operator__in", ["", "public", "private"])),
                name="a_facility_is_public_or_private_or_unknown",
            ),
        ),
        Kept("facilities_facility", but=SAID_ANEW),
    ]
