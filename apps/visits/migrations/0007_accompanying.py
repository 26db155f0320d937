"""Who comes along to a visit: of the same environment, and at one visit at a time, whoever asks the database."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

from apps.kernel.walls import Kept, SameEnvironment

# Of two that name the same person in the same moment one comes after the other: side by side they would wait in a circle.
WHILE_IT_LASTS = """
CREATE FUNCTION visits_accompanied_while_it_lasts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.accompanied_during := NULL;
    IF NEW.accompanied_by_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('visits.accompanying ' || NEW.accompanied_by_id::text, 0));
        SELECT tstzrange(starts_at, ends_at) INTO NEW.accompanied_during FROM visits_slot WHERE id = NEW.slot_id;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("environments", "0006_suspension_walls"),
        ("rooms", "0047_room_inspection_walls"),
        ("visits", "0006_closed_day_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="accompanied_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="environments.member"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="accompanied_during",
            field=django.contrib.postgres.fields.ranges.DateTimeRangeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at", None)),
                expressions=[("accompanied_by", "="), ("accompanied_during", "&&")],
                name="nobody_accompanies_two_visits_at_once",
            ),
        ),
        SameEnvironment("visits_visit", "accompanied_by_id", "environments_member"),
        Kept(
            "visits_visit",
            but=[
                *("booked_at", "booked_by_id", "reminded_at", "ended_at", "ended_by_id", "ended_reason", "room_id"),
                "accompanied_by_id",
            ],
        ),
        migrations.RunSQL(WHILE_IT_LASTS, "DROP FUNCTION visits_accompanied_while_it_lasts()"),
        migrations.RunSQL(
            "CREATE TRIGGER accompanied_while_it_lasts BEFORE INSERT OR UPDATE OF accompanied_by_id ON visits_visit"
            " FOR EACH ROW EXECUTE FUNCTION visits_accompanied_while_it_lasts()",
            "DROP TRIGGER accompanied_while_it_lasts ON visits_visit",
        ),
    ]
