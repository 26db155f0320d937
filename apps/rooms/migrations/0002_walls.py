"""Rooms, memberships, messages, marks and grants stay inside their environment."""

from django.db import migrations

from apps.kernel.walls import EnvironmentFromParent, SameEnvironment, TenantTable

GRANTS = ["rooms_talkroomuserobjectpermission", "rooms_talkroomgroupobjectpermission"]


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0001_initial"),
        ("clients", "0002_walls"),
    ]
    operations = [
        TenantTable("rooms_talkroom"),
        SameEnvironment("rooms_talkroom", "client_id", "clients_client"),
        SameEnvironment("rooms_talkroom", "opened_by_id", "environments_member"),
        TenantTable("rooms_roommembership"),
        SameEnvironment("rooms_roommembership", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_roommembership", "member_id", "environments_member"),
        SameEnvironment("rooms_roommembership", "admitted_by_id", "environments_member"),
        SameEnvironment("rooms_roommembership", "removed_by_id", "environments_member"),
        TenantTable("rooms_message"),
        SameEnvironment("rooms_message", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_message", "author_id", "environments_member"),
        TenantTable("rooms_readmark"),
        SameEnvironment("rooms_readmark", "room_id", "rooms_talkroom"),
        SameEnvironment("rooms_readmark", "member_id", "environments_member"),
        *[
            operation
            for table in GRANTS
            for operation in (
                EnvironmentFromParent(table, "content_object_id", "rooms_talkroom"),
                TenantTable(table),
                SameEnvironment(table, "content_object_id", "rooms_talkroom"),
            )
        ],
    ]
