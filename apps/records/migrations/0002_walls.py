"""Records stay inside their environment and are never changed."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
    ]
    operations = [
        TenantTable("records_supportrecord"),
        SameEnvironment("records_supportrecord", "client_id", "clients_client"),
        SameEnvironment("records_supportrecord", "room_id", "rooms_talkroom"),
        SameEnvironment("records_supportrecord", "issued_by_id", "environments_member"),
        AppendOnly("records_supportrecord"),
        TenantTable("records_recordline"),
        SameEnvironment("records_recordline", "record_id", "records_supportrecord"),
        SameEnvironment("records_recordline", "message_id", "rooms_message"),
        AppendOnly("records_recordline"),
    ]
