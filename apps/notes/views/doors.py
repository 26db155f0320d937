"""How a page comes by a note: through the door, with the names that it may tell, as a look in the ledger."""

from uuid import UUID

from apps.audit import actions as audit
from apps.clients.access import names_beside
from apps.environments.requests import MemberApiRequest, MemberRequest
from apps.notes.access import note_for
from apps.notes.models import Note


def note_in(request: MemberRequest, room_id: UUID, number: int) -> Note:
    note = note_for(request.member, room_id, number)
    request.names_shown = names_beside(request.member, note.room.client)
    look_at(request, note)
    return note


def look_at(request: MemberRequest | MemberApiRequest, note: Note) -> None:
    """Opening a note is a look at it, and at the client where its room is about one."""
    if note.room.client is not None:
        audit.opened(note.room.client, by=request.member, subject=note)
    else:
        audit.looked(verb="notes.opened", by=request.member, subject=note)
