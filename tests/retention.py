"""Let time pass over what was deleted, as a test needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from apps.clients.models import Client
from apps.environments.models import Member
from apps.rooms.models import MessageVersion, RetentionPolicy, RoomInspection, TalkRoom


def make_retention(by: Member, **years: int) -> RetentionPolicy:
    return RetentionPolicy.objects.create(environment=by.environment, set_by=by, reason="文書管理規程 第12条", **years)


def make_room_inspection(room: TalkRoom, *, by: Member, **fields: Any) -> RoomInspection:
    """An inspection that is over, unless `closes_at` says otherwise."""
    over = {"opened_at": timezone.now() - timedelta(hours=9), "closes_at": timezone.now() - timedelta(hours=7)}
    basis = {"basis": "supervision", "reference": "監査 2026-3"}
    return RoomInspection.objects.create(
        environment=room.environment, room=room, member=by, **{**basis, **over, **fields}
    )


@contextmanager
def as_owner() -> Iterator[Any]:
    """As the owner of the tables, past row-level security but not past triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
        try:
            yield cursor
        finally:
            cursor.execute(f"SET ROLE {role}")


def rewritten(statement: str, *values: Any) -> None:
    """What nobody can do but the owner, and not without putting the triggers to sleep."""
    with as_owner() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = origin")


def replaced_at(version: MessageVersion, moment: datetime) -> None:
    """As if it had been deleted or edited then."""
    rewritten("UPDATE rooms_messageversion SET replaced_at = %s WHERE id = %s", moment, version.pk)


def care_ended_at(client: Client, moment: datetime) -> None:
    """As if every organization had left the care team then."""
    rewritten(
        "UPDATE clients_seat SET valid_from = %s - interval '1 year', valid_to = %s WHERE client_id = %s",
        *(moment, moment, client.pk),
    )
