"""An inquiry is given more time and reminds of itself; an answer may be entered by whoever asks."""

from django.db import migrations, models

from apps.kernel.walls import APP_ROLE


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0003_what_is_over_stays"),
    ]
    operations = [
        migrations.AddField("inquiry", "reminded_at", models.DateTimeField(null=True)),
        migrations.AddField("inquiryreply", "is_proxy", models.BooleanField(default=False)),
        migrations.RunSQL(
            [
                f"GRANT UPDATE (due_at, reminded_at) ON inquiries_inquiry TO {APP_ROLE}",
                f"GRANT UPDATE (is_proxy) ON inquiries_inquiryreply TO {APP_ROLE}",
            ],
            [
                f"REVOKE UPDATE (due_at, reminded_at) ON inquiries_inquiry FROM {APP_ROLE}",
                f"REVOKE UPDATE (is_proxy) ON inquiries_inquiryreply FROM {APP_ROLE}",
            ],
        ),
    ]
