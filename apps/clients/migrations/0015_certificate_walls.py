"""Numbers, certifications, reminders and contacts stay, inside their environment; only their end may be written later."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, Kept, SameEnvironment, TenantTable

END = ["struck_at", "struck_by_id"]
# A number is locked anew when the keys change.
WRITTEN = {
    "clients_clientnumber": [*END, "locked", "fingerprint"],
    "clients_certification": END,
    "clients_familycontact": END,
}


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0014_certificates_and_contacts"),
    ]
    operations = [
        *[
            operation
            for table, changing in WRITTEN.items()
            for operation in (
                TenantTable(table),
                SameEnvironment(table, "client_id", "clients_client"),
                SameEnvironment(table, "written_by_id", "environments_member"),
                SameEnvironment(table, "struck_by_id", "environments_member"),
                Kept(table, but=changing),
            )
        ],
        SameEnvironment("clients_familycontact", "phone_from_id", "environments_organization"),
        TenantTable("clients_renewalreminder"),
        SameEnvironment("clients_renewalreminder", "certification_id", "clients_certification"),
        AppendOnly("clients_renewalreminder"),
    ]
