"""What revisions said of places moves to the table that is told like places: of everybody, since anybody may come to be
protected. The owner of the append-only table does it once, and nothing is lost."""

from django.db import migrations

KEYS = "array['area', 'school_district']"
MOVE = [
    "ALTER TABLE clients_revision DISABLE TRIGGER append_only",
    f"""
    INSERT INTO clients_placesbefore (environment_id, revision_id, was)
    SELECT environment_id, id, (SELECT jsonb_object_agg(key, value) FROM jsonb_each(was) WHERE key = ANY ({KEYS}))
    FROM clients_revision WHERE was ?| {KEYS}
    """,
    f"UPDATE clients_revision SET was = was - {KEYS} WHERE was ?| {KEYS}",
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE clients_revision ENABLE TRIGGER append_only",
]
MOVE_BACK = [
    "ALTER TABLE clients_revision DISABLE TRIGGER append_only",
    """
    UPDATE clients_revision SET was = clients_revision.was || before.was
    FROM clients_placesbefore before WHERE before.revision_id = clients_revision.id
    """,
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE clients_revision ENABLE TRIGGER append_only",
]


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0037_places_before_walls"),
    ]
    operations = [
        migrations.RunSQL(MOVE, MOVE_BACK),
    ]
