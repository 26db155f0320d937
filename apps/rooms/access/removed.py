"""What was deleted in the rooms about a client, or in a room about nobody, for an auditor who has named a basis in law, and
for nobody else."""

from uuid import UUID

from django.db.models import QuerySet

from apps.clients.access import can_inspect
from apps.clients.models import Inspection
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.models import Message, RoomInspection, TalkRoom


def rooms_to_inspect(member: Member) -> QuerySet[TalkRoom]:
    """Among which an auditor chooses, once the basis is named: theme rooms, pair talks, announcements."""
    rooms = TalkRoom.objects.filter(client=None).select_related("pair_first__organization", "pair_second__organization")
    return rooms if can_inspect(member) else rooms.none()


def room_inspection_for(member: Member, room_id: UUID) -> RoomInspection:
    """The only way into the inspection of a room: one's own, while it lasts."""
    found: RoomInspection | None = None
    if can_inspect(member):
        own = RoomInspection.objects.open().filter(member=member, room=room_id).order_by("-opened_at")
        found = own.select_related("room__pair_first__organization", "room__pair_second__organization").first()
    if found is None:
        raise NotHere(subject=room_id)
    return found


def removed_about(member: Member, inspection: Inspection | RoomInspection) -> QuerySet[Message]:
    """The tombstones that an inspection is about (`inspection_for` and `room_inspection_for` give it), the newest first:
    those in the rooms about its client, or in its room. Talk about nobody is no part of anybody's record."""
    client_id = inspection.client_id if isinstance(inspection, Inspection) else None
    if inspection.member_id != member.pk:
        raise NotAllowed(subject=inspection, client_id=client_id)
    found = Message.objects.filter(removed_at__isnull=False)
    if isinstance(inspection, Inspection):
        found = found.filter(room__client=client_id)
    else:
        found = found.filter(room=inspection.room_id, room__client=None)
    return found.select_related("room", "author__organization", "removed_by__organization").order_by(
        "-removed_at", "-pk"
    )


def removed_message_in(member: Member, inspection: Inspection | RoomInspection, room_id: UUID, number: int) -> Message:
    """One of them, by the number that it has in its room."""
    return one_of(inspection, removed_about(member, inspection).filter(room=room_id, number=number))


def removed_message_for(member: Member, inspection: Inspection | RoomInspection, message_id: int) -> Message:
    """The only way to what one of them said."""
    return one_of(inspection, removed_about(member, inspection).filter(pk=message_id))


def one_of(inspection: Inspection | RoomInspection, messages: QuerySet[Message]) -> Message:
    found = messages.first()
    if found is None:
        raise NotHere(subject=inspection, client_id=getattr(inspection, "client_id", None))
    return found
