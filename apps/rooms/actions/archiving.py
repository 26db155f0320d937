"""Put a room away and take it out again."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.rooms.access import check_can_archive
from apps.rooms.actions.memberships import locked
from apps.rooms.happenings import room_archived
from apps.rooms.models import TalkRoom
from apps.rooms.refusals import NoReason, NotArchived, RoomArchived


@transaction.atomic
def archive_room(*, room: TalkRoom, reason: str, by: Member) -> TalkRoom:
    """From now on the room is read and not written in, and stands in nobody's usual list. Who is in it stays."""
    check_can_archive(by, room)
    if not reason.strip():
        raise NoReason(subject=room, client_id=room.client_id)
    check_no_individual_number(reason)

    # The lock waits for messages on their way; what comes after it finds the room archived.
    room = locked(room)
    if room.is_archived:
        raise RoomArchived(subject=room, client_id=room.client_id)
    room.archived_at, room.archived_by, room.archive_reason = timezone.now(), by, reason.strip()
    room.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    audit.record(verb="rooms.archived", subject=room, client=room.client, by=by)
    room_archived.announce(environment_id=room.environment_id, room_id=room.pk)
    return room


@transaction.atomic
def reopen_room(*, room: TalkRoom, by: Member) -> TalkRoom:
    """The room is written in again. When it was archived, and by whom, stays in the ledger."""
    check_can_archive(by, room)

    room = locked(room)
    if not room.is_archived:
        raise NotArchived(subject=room, client_id=room.client_id)
    room.archived_at, room.archived_by, room.archive_reason = None, None, ""
    room.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    audit.record(verb="rooms.reopened", subject=room, client=room.client, by=by)
    room_archived.announce(environment_id=room.environment_id, room_id=room.pk)
    return room
