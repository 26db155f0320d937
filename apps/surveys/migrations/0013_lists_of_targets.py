"""Whom an organization asks again and again, under a name."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q

ENVIRONMENT = models.ForeignKey(
    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
)


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("facilities", "0004_answers_in_order_of_keys"),
        ("surveys", "0012_answer_file_walls"),
    ]
    operations = [
        migrations.CreateModel(
            name="TargetList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("name", models.CharField(max_length=60, verbose_name="Name of the list")),
                ("environment", ENVIRONMENT.clone()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.organization"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["organization", "name"], name="lists_of_an_organization_have_names_of_their_own"
                    ),
                    models.CheckConstraint(condition=~Q(name=""), name="a_list_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedTarget",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("environment", ENVIRONMENT.clone()),
                (
                    "target_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="surveys.targetlist"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="environments.organization",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facilities.facility",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["target_list", "organization"], name="an_organization_is_listed_once"
                    ),
                    models.UniqueConstraint(fields=["target_list", "facility"], name="a_facility_is_listed_once"),
                    models.CheckConstraint(
                        condition=Q(organization__isnull=False, facility=None)
                        | Q(organization=None, facility__isnull=False),
                        name="who_is_listed_is_an_organization_or_a_facility",
                    ),
                ],
            },
        ),
    ]
