"""How an answer came, and which sheet was made for whom."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("inquiries", "0004_more_time_and_answers_for_others"),
        ("paper", "0005_replaced_sheet_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="InquirySheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="inquiryreply",
            name="channel",
            field=models.CharField(
                choices=[
                    ("account", "Signed in"),
                    ("code", "With the code on the sheet"),
                    ("paper", "On paper"),
                    ("phone", "By phone"),
                ],
                default="account",
                max_length=8,
            ),
        ),
        migrations.RunSQL("UPDATE inquiries_inquiryreply SET channel = 'phone' WHERE is_proxy", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="inquiryreply",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiryreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by__isnull", False), models.Q(("channel", "code"), ("is_proxy", False)), _connector="OR"
                ),
                name="an_inquiry_is_answered_by_somebody_or_by_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiryreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel__in", ["phone", "paper"]), ("is_proxy", True)),
                    models.Q(("channel__in", ["account", "code"]), ("is_proxy", False)),
                    _connector="OR",
                ),
                name="who_asks_enters_what_came_otherwise",
            ),
        ),
        migrations.AddField(
            model_name="inquirysheet",
            name="environment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
            ),
        ),
        migrations.AddField(
            model_name="inquirysheet",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="inquiries.recipient"
            ),
        ),
        migrations.AddField(
            model_name="inquirysheet",
            name="sheet",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="paper.sheet"),
        ),
        migrations.AddConstraint(
            model_name="inquirysheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("recipient",),
                name="one_inquiry_sheet_of_an_office_counts",
            ),
        ),
    ]
