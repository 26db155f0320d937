"""What is unusual stays inside its environment, and is neither changed nor removed."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable

WATCH, UNUSUAL, REVIEW = "oversight_watch", "oversight_unusual", "oversight_unusualreview"
MEMBER, CLIENT = "environments_member", "clients_client"


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0003_what_is_unusual"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(WATCH),
        SameEnvironment(WATCH, "set_by_id", MEMBER),
        AppendOnly(WATCH),
        TenantTable(UNUSUAL),
        SameEnvironment(UNUSUAL, "member_id", MEMBER),
        SameEnvironment(UNUSUAL, "client_id", CLIENT),
        AppendOnly(UNUSUAL),
        TenantTable(REVIEW),
        SameEnvironment(REVIEW, "unusual_id", UNUSUAL),
        SameEnvironment(REVIEW, "reviewed_by_id", MEMBER),
        AppendOnly(REVIEW),
    ]
