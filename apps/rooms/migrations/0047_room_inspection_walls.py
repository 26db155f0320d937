"""Inspections of rooms stay inside their environment and never change; while one is open nothing of its room is let go."""

from django.db import migrations

from apps.kernel.walls import AppendOnly, SameEnvironment, TenantTable

IS_HELD = """
CREATE OR REPLACE FUNCTION rooms_is_held(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM rooms_talkroom room JOIN clients_inspection inspection ON inspection.client_id = room.client_id
        WHERE room.id = asked AND inspection.opened_at <= clock_timestamp()
            AND inspection.closes_at > clock_timestamp()
    ){or_itself}
$$
"""
OR_ITSELF = """ OR EXISTS (
        SELECT FROM rooms_roominspection
        WHERE room_id = asked AND opened_at <= clock_timestamp() AND closes_at > clock_timestamp()
    )"""


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0046_room_inspections"),
    ]
    operations = [
        TenantTable("rooms_roominspection"),
        SameEnvironment("rooms_roominspection", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_roominspection", "member_id", "environments_member"),
        AppendOnly("rooms_roominspection"),
        migrations.RunSQL(IS_HELD.format(or_itself=OR_ITSELF), IS_HELD.format(or_itself="")),
    ]
