"""Reviews stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable

REVIEW, PLACE, REVIEWER = "handovers_review", "handovers_reviewedplace", "handovers_reviewer"


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0001_initial"),
        ("environments", "0006_suspension_walls"),
    ]
    operations = [
        TenantTable(REVIEW),
        SameEnvironment(REVIEW, "started_by_id", "environments_member"),
        SameEnvironment(REVIEW, "closed_by_id", "environments_member"),
        TenantTable(PLACE),
        SameEnvironment(PLACE, "review_id", REVIEW),
        SameEnvironment(PLACE, "member_id", "environments_member"),
        SameEnvironment(PLACE, "answered_by_id", "environments_member"),
        TenantTable(REVIEWER),
        SameEnvironment(REVIEWER, "review_id", REVIEW),
        SameEnvironment(REVIEWER, "organization_id", "environments_organization"),
        SameEnvironment(REVIEWER, "member_id", "environments_member"),
    ]
