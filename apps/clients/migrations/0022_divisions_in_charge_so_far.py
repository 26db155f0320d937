"""What stood in one column becomes a period: every division has been in charge since the client was registered."""

from django.db import migrations

BEGUN = """
INSERT INTO clients_charge (id, environment_id, client_id, division_id, valid_from)
SELECT gen_random_uuid(), environment_id, id, division_id, registered_at
FROM clients_client WHERE division_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0021_charge_walls"),
    ]
    operations = [
        # Backwards the periods go with their table; the column was kept.
        migrations.RunSQL(BEGUN, migrations.RunSQL.noop),
    ]
