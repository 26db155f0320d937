"""Tables of sheets that go out, and of scans that come back."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("environments", "0006_suspension_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=9, unique=True)),
                ("title", models.CharField(max_length=120)),
                ("made_for", models.CharField(max_length=120)),
                ("due_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("layout", models.JSONField(null=True)),
                ("printed_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.organization"
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="environments.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=120)),
                ("file_page", models.PositiveSmallIntegerField()),
                ("stored_as", models.CharField(max_length=120, unique=True)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
                ("page", models.PositiveSmallIntegerField(null=True)),
                ("marks", models.JSONField(default=dict)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_code", "No QR code could be read on it."),
                            ("foreign", "It has a QR code, but not of a sheet of yours."),
                            ("several", "Codes of several sheets are on it."),
                            ("used", "Its sheet was answered already."),
                            ("void", "Its sheet does not count any more."),
                            ("late", "It came after its sheet was due."),
                            ("twice", "This page of the sheet has come back already."),
                            ("aside", "Somebody has put it aside."),
                        ],
                        max_length=8,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.organization"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="environments.member",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="paper.sheet"
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at", "file_name", "file_page"],
            },
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9A-Z]{9}$")), name="a_code_has_nine_signs"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("made_for", ""), _negated=True), models.Q(("title", ""), _negated=True)),
                name="a_sheet_is_made_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("layout", None), ("printed_at", None)),
                    models.Q(("layout__isnull", False), ("printed_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_printed_sheet_knows_its_boxes",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("voided_at", None), ("voided_by", None)),
                    models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_void_sheet_has_its_time_and_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_at", None), ("voided_at", None), _connector="OR"),
                name="an_answered_sheet_is_not_void",
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["organization"], name="scans_to_deal_with"
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reason", "")), fields=("sheet", "page"), name="a_page_of_a_sheet_comes_back_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("read_at__isnull", False),
                    models.Q(("page", None), ("reason", ""), ("settled_at", None), ("sheet", None)),
                    _connector="OR",
                ),
                name="an_unread_scan_tells_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("read_at", None),
                    models.Q(("page__gte", 1), ("sheet__isnull", False)),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_read_scan_has_its_sheet_or_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None)),
                    models.Q(("settled_at__gte", models.F("uploaded_at")), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_settled_scan_has_its_time_and_hand",
            ),
        ),
    ]
