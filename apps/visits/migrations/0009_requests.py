"""What an office proposes to a facility stays inside its environment, and a proposed time ends with what stood in it."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import apps.visits.models.slots
from apps.kernel.walls import Kept, SameEnvironment, TenantTable

# Whatever ends it: a refusal, another time that was picked, the clock, a cancellation.
IT_LAPSES = """
CREATE FUNCTION visits_a_proposed_time_lapses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE visits_slot SET lapsed_at = NEW.ended_at
    WHERE id = NEW.slot_id AND asked_in_id IS NOT NULL AND lapsed_at IS NULL;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("facilities", "0004_answers_in_order_of_keys"),
        ("visits", "0008_exceptions"),
    ]

    operations = [
        migrations.CreateModel(
            name="VisitRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("taken_back", "Taken back"),
                            ("run_out", "Not answered in time"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="slot",
            name="slots_of_a_facility_never_overlap",
        ),
        migrations.AddField(
            model_name="slot",
            name="lapsed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="slot",
            name="proposal",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="visit",
            name="ended_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("run_out", "The hold ran out"),
                    ("let_go", "Let go of"),
                    ("family", "The family cannot come"),
                    ("self", "The family cancelled it themselves"),
                    ("changed", "The family chose another time"),
                    ("desk", "Booked by mistake"),
                    ("closed", "The facility withdrew the time"),
                    ("full", "The facility has no place any more"),
                    ("needs", "The facility cannot meet the need"),
                    ("moved", "Moved to another time"),
                    ("unused", "Another of the proposed times was chosen"),
                ],
                max_length=7,
                verbose_name="Reason",
            ),
        ),
        migrations.AddField(
            model_name="visitrequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
            ),
        ),
        migrations.AddField(
            model_name="visitrequest",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
            ),
        ),
        migrations.AddField(
            model_name="visitrequest",
            name="environment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.environment"
            ),
        ),
        migrations.AddField(
            model_name="visitrequest",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="visit_requests", to="facilities.facility"
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="asked_in",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="visits.visitrequest"
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("lapsed_at", None), ("withdrawn_at", None)),
                expressions=[
                    ("facility", "="),
                    (
                        apps.visits.models.slots.Span(
                            "starts_at", "ends_at", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="slots_of_a_facility_never_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("asked_in", "proposal"), name="a_proposal_is_made_once"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_in", None), ("lapsed_at", None), ("proposal", None)),
                    models.Q(("asked_in__isnull", False), ("capacity", 1), ("proposal__range", (1, 3))),
                    _connector="OR",
                ),
                name="up_to_three_times_are_proposed_to_one_family",
            ),
        ),
        migrations.AddIndex(
            model_name="visitrequest",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["due_at"], name="visit_requests_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("asked_at"))), name="a_request_leaves_time_to_answer"
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
                    _connector="OR",
                ),
                name="a_request_that_ended_says_how_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "accepted"), _negated=True),
                    ("ended_at__lt", models.F("due_at")),
                    _connector="OR",
                ),
                name="a_request_is_accepted_in_time",
            ),
        ),
        TenantTable("visits_visitrequest"),
        SameEnvironment("visits_visitrequest", "facility_id", "facilities_facility"),
        SameEnvironment("visits_visitrequest", "asked_by_id", "environments_member"),
        SameEnvironment("visits_visitrequest", "ended_by_id", "environments_member"),
        Kept("visits_visitrequest", but=["ended_at", "ended_by_id", "outcome"]),
        SameEnvironment("visits_slot", "asked_in_id", "visits_visitrequest"),
        Kept("visits_slot", but=["capacity", "lapsed_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason"]),
        migrations.RunSQL(IT_LAPSES, "DROP FUNCTION visits_a_proposed_time_lapses()"),
        migrations.RunSQL(
            "CREATE TRIGGER a_proposed_time_lapses AFTER UPDATE OF ended_at ON visits_visit FOR EACH ROW"
            " WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)"
            " EXECUTE FUNCTION visits_a_proposed_time_lapses()",
            "DROP TRIGGER a_proposed_time_lapses ON visits_visit",
        ),
    ]
