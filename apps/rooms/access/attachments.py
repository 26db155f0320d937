"""Who may open a file: whoever may read the message that it came with, now."""

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.rooms.access.messages import messages_readable_by
from apps.rooms.models import Attachment, TalkRoom


def attachments_readable_by(member: Member, room: TalkRoom) -> QuerySet[Attachment]:
    """The files of a room this member may open: none from before the time their membership shows, none of a message that
    was taken away."""
    messages = messages_readable_by(member, room).filter(removed_at=None)
    found: QuerySet[Attachment] = Attachment.objects.filter(message__in=messages.order_by().values("pk"))
    return found.select_related("message__author__organization", "file__sending_office", "file__receiving_office")


def attachment_for(member: Member, room: TalkRoom, message_number: int, place: int) -> Attachment:
    """The only way to get a file of a room. Hidden and missing answer alike."""
    found = attachments_readable_by(member, room).filter(message__number=message_number, place=place).first()
    if found is None:
        raise NotHere(subject=room, client_id=room.client_id)
    return found
