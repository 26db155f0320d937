"""What one list brings is soon a great part of what a small municipality has: the planner is told of it without waiting.

Analyzing is the owner's right. The server's own worker does it, within a minute, once so many rows have changed.
"""

from django.db import migrations

TABLES = ["clients_client", "clients_charge", "clients_seat", "clients_consentrecord", "clients_audience"]
TABLES += ["clients_clientnumber", "clients_certification"]


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0042_notices_know_their_client"),
    ]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 250)",
            f"ALTER TABLE {table} RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)",
        )
        for table in TABLES
    ]
