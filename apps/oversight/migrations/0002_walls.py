"""What auditors keep stays inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable

QUESTION, MEMBER = "oversight_savedquestion", "environments_member"


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_initial"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(QUESTION),
        SameEnvironment(QUESTION, "member_id", MEMBER),
    ]
