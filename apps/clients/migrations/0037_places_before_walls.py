"""What a record said of places before stays, inside its environment."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0036_places_before"),
    ]
    operations = [
        TenantTable("clients_placesbefore"),
        SameEnvironment("clients_placesbefore", "revision_id", "clients_revision"),
        AppendOnly("clients_placesbefore"),
    ]
