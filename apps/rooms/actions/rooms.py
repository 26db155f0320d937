"""Open a room."""

from django.db import transaction

from apps.audit import actions as audit
from apps.clients.access import check_can_change_team
from apps.clients.models import Client
from apps.environments.models import Member
from apps.rooms.actions.memberships import join
from apps.rooms.models import RoomKind, TalkRoom


@transaction.atomic
def open_client_room(*, client: Client, title: str, by: Member) -> TalkRoom:
    """Open a talk room about a client; whoever opens it is its first member."""
    check_can_change_team(by, client)

    room = TalkRoom.objects.create(
        environment_id=client.environment_id, kind=RoomKind.CLIENT, client=client, title=title, opened_by=by
    )
    audit.record(verb="rooms.opened_room", subject=room, client=client, by=by)
    join(room=room, member=by, history_from=None, reason="", by=by)
    return room
