"""Reservations stay inside their environment, and keep only files of it."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0004_reservations"),
    ]
    operations = [
        TenantTable("files_filereservation"),
        SameEnvironment("files_filereservation", "file_id", "files_storedfile"),
    ]
