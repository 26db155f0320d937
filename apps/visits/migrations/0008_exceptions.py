"""A place beyond those of a time is marked with who gave it and why, and the mark stays, whoever asks the database."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from apps.kernel.walls import Kept, SameEnvironment

A_PLACE_IS_THERE = """
CREATE OR REPLACE FUNCTION visits_a_place_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked visits_slot%ROWTYPE;
BEGIN
    SELECT * INTO asked FROM visits_slot WHERE id = NEW.slot_id FOR SHARE;
    IF asked.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'a_withdrawn_slot_takes_nobody',
            MESSAGE = 'a_withdrawn_slot_takes_nobody';
    END IF;
    IF NEW.place > asked.capacity{but_marked} THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'a_place_is_one_of_the_slots',
            MESSAGE = 'a_place_is_one_of_the_slots';
    END IF;
    RETURN NEW;
END $$
"""
NOBODY_IS_PUT_OUT = """
CREATE OR REPLACE FUNCTION visits_nobody_is_put_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM visits_visit
        WHERE slot_id = NEW.id AND ended_at IS NULL AND (NEW.withdrawn_at IS NOT NULL OR place > NEW.capacity{but_marked})
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_put_out_unseen',
            MESSAGE = 'nobody_is_put_out_unseen';
    END IF;
    RETURN NEW;
END $$
"""
THE_MARK_STAYS = """
CREATE FUNCTION visits_the_mark_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'an_exception_stays_marked',
        MESSAGE = 'an_exception_stays_marked';
END $$
"""


def written(function: str, mark: str) -> str:
    return function.replace("{but_marked}", mark)


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("rooms", "0047_room_inspection_walls"),
        ("visits", "0007_accompanying"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="visit",
            name="nobody_accompanies_two_visits_at_once",
        ),
        migrations.AddField(
            model_name="visit",
            name="may_overlap",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="visit",
            name="overridden_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="overridden_reason",
            field=models.CharField(blank=True, max_length=403, verbose_name="Reason of the exception"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at", None), ("may_overlap", False)),
                expressions=[("accompanied_by", "="), ("accompanied_during", "&&")],
                name="nobody_accompanies_two_visits_at_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("may_overlap", False), ("overridden_by", None), ("overridden_reason", "")),
                    models.Q(("overridden_by__isnull", False), models.Q(("overridden_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="an_exception_says_who_and_why",
            ),
        ),
        SameEnvironment("visits_visit", "overridden_by_id", "environments_member"),
        Kept(
            "visits_visit",
            but=[
                *("booked_at", "booked_by_id", "reminded_at", "ended_at", "ended_by_id", "ended_reason", "room_id"),
                *("accompanied_by_id", "may_overlap", "overridden_by_id", "overridden_reason"),
            ],
        ),
        migrations.RunSQL(
            written(A_PLACE_IS_THERE, " AND NEW.overridden_by_id IS NULL"), written(A_PLACE_IS_THERE, "")
        ),
        migrations.RunSQL(written(NOBODY_IS_PUT_OUT, " AND overridden_by_id IS NULL"), written(NOBODY_IS_PUT_OUT, "")),
        migrations.RunSQL(THE_MARK_STAYS, "DROP FUNCTION visits_the_mark_stays()"),
        migrations.RunSQL(
            "CREATE TRIGGER the_mark_stays BEFORE UPDATE ON visits_visit FOR EACH ROW"
            " WHEN (OLD.overridden_by_id IS NOT NULL AND NEW.overridden_by_id IS NULL"
            " OR NOT starts_with(NEW.overridden_reason, OLD.overridden_reason))"
            " EXECUTE FUNCTION visits_the_mark_stays()",
            "DROP TRIGGER the_mark_stays ON visits_visit",
        ),
    ]
