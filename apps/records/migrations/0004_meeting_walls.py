"""Meetings stay inside their environment, as their records do, and are never changed."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_meetings"),
    ]
    operations = [
        TenantTable("records_meeting"),
        SameEnvironment("records_meeting", "record_id", "records_supportrecord"),
        AppendOnly("records_meeting"),
        TenantTable("records_attendee"),
        SameEnvironment("records_attendee", "meeting_id", "records_meeting"),
        AppendOnly("records_attendee"),
    ]
