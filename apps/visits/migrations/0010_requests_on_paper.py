"""Requests on paper: how an answer came, and which sheet was made for which request."""

import django.db.models.deletion
from django.db import migrations, models

from apps.kernel.walls import APP_ROLE, Kept, SameEnvironment, TenantTable

TABLE, REQUEST = "visits_requestsheet", "visits_visitrequest"


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("facilities", "0004_answers_in_order_of_keys"),
        ("paper", "0005_replaced_sheet_walls"),
        ("visits", "0009_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="visitrequest",
            name="a_request_that_ended_says_how_and_by_whom",
        ),
        migrations.AddField(
            model_name="visitrequest",
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
        migrations.AddConstraint(
            model_name="visitrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), ("ended_by", None), ("outcome", "run_out")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("outcome__in", ["accepted", "declined", "taken_back"]),
                    ),
                    models.Q(
                        ("channel", "code"),
                        ("ended_at__isnull", False),
                        ("ended_by", None),
                        ("outcome__in", ["accepted", "declined"]),
                    ),
                    _connector="OR",
                ),
                name="a_request_that_ended_says_how_and_by_whom",
            ),
        ),
        migrations.AddField(
            model_name="requestsheet",
            name="environment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
            ),
        ),
        migrations.AddField(
            model_name="requestsheet",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="visits.visitrequest"
            ),
        ),
        migrations.AddField(
            model_name="requestsheet",
            name="sheet",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="paper.sheet"),
        ),
        migrations.AddConstraint(
            model_name="requestsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("request",), name="one_sheet_of_a_request_counts"
            ),
        ),
        TenantTable(TABLE),
        SameEnvironment(TABLE, "request_id", REQUEST),
        SameEnvironment(TABLE, "sheet_id", "paper_sheet"),
        Kept(TABLE, but=["replaced_at"]),
        migrations.RunSQL(
            f"GRANT UPDATE (channel) ON {REQUEST} TO {APP_ROLE}",
            f"REVOKE UPDATE (channel) ON {REQUEST} FROM {APP_ROLE}",
        ),
    ]
