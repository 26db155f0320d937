"""Lists of targets stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import SameEnvironment, TenantTable

LIST, LISTED = "surveys_targetlist", "surveys_listedtarget"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0013_lists_of_targets")]
    operations = [
        TenantTable(LIST),
        SameEnvironment(LIST, "organization_id", "environments_organization"),
        SameEnvironment(LIST, "created_by_id", "environments_member"),
        TenantTable(LISTED),
        SameEnvironment(LISTED, "target_list_id", LIST),
        SameEnvironment(LISTED, "organization_id", "environments_organization"),
        SameEnvironment(LISTED, "facility_id", "facilities_facility"),
    ]
