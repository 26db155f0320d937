"""Who is introduced makes no plan: the responsible person sits on a seat that is for care."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("apps.clients.migrations.0007_care_team_walls").RESPONSIBLE_FITS.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
AFTER = BEFORE.replace(
    "seat.client_id = NEW.client_id", "seat.client_id = NEW.client_id AND seat.purpose = 'coordination'"
)


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0028_seats_have_a_purpose"),
    ]
    operations = [
        migrations.RunSQL(AFTER, BEFORE),
    ]
