"""How a page comes by a room: through the door, with the names that it may tell, as a look in the ledger."""

from uuid import UUID

from apps.audit import actions as audit
from apps.clients.access import names_beside
from apps.environments.requests import MemberApiRequest, MemberRequest
from apps.rooms.access import room_for
from apps.rooms.models import TalkRoom


def look(request: MemberRequest | MemberApiRequest, room: TalkRoom) -> None:
    """A look into a room about a client is a look at the client's record."""
    if room.client is not None:
        audit.opened(room.client, by=request.member, subject=room)


def room_in(request: MemberRequest, room_id: UUID) -> TalkRoom:
    """The room of a page about something in it, opened."""
    room = room_for(request.member, room_id)
    request.names_shown = names_beside(request.member, room.client)
    look(request, room)
    return room
