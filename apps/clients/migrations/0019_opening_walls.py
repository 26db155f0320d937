"""Whoever opened a client by hand is of the client's environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0018_openings_have_a_reason"),
    ]
    operations = [
        SameEnvironment("clients_clientuserobjectpermission", "opened_by_id", "environments_member"),
    ]
