"""A facility that is asked is one of the same environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_facilities_are_asked")]
    operations = [SameEnvironment("surveys_recipient", "facility_id", "facilities_facility")]
