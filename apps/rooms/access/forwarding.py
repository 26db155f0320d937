"""Which messages may be said again in another room, and in which rooms."""

from typing import Any

from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed
from apps.rooms.access.attachments import attachments_readable_by
from apps.rooms.access.changing import check_is_there
from apps.rooms.access.messages import can_post, check_can_post, messages_readable_by, rooms_heard_by
from apps.rooms.access.rooms import reads_by_exception, rooms_readable_by
from apps.rooms.models import Attachment, Forwarding, Message, TalkRoom
from apps.rooms.refusals import AnotherClientsRoom, LeavesProtected, SameRoom


def can_forward(member: Member, message: Message) -> bool:
    """Whoever reads it as one of the room, unless it is said of a protected client."""
    if message.is_removed or is_protected(message.room):
        return False
    return not reads_by_exception(member, message.room)


def check_can_forward(member: Member, message: Message) -> None:
    about: dict[str, Any] = {"subject": message.room, "client_id": message.room.client_id}
    if reads_by_exception(member, message.room):
        raise NotAllowed(**about)
    check_is_there(message)
    if is_protected(message.room):
        raise LeavesProtected(**about)


def is_protected(room: TalkRoom) -> bool:
    return room.client is not None and room.client.is_protected


def check_can_forward_to(member: Member, message: Message, room: TalkRoom) -> None:
    """A room in which this member writes: another one, and never one about another client than the message's own."""
    check_can_post(member, room)
    if room.pk == message.room_id:
        raise SameRoom(subject=room, client_id=room.client_id)
    if crosses_clients(message, room):
        raise AnotherClientsRoom(subject=room, client_id=room.client_id)


def crosses_clients(message: Message, room: TalkRoom) -> bool:
    """A consent covers the care team of its own client."""
    return None not in (message.room.client_id, room.client_id) and message.room.client_id != room.client_id


def leaves_client(message: Message, room: TalkRoom) -> bool:
    """Whether what is said about a client would stand in a room about nobody."""
    return message.room.client_id is not None and room.client_id is None


def rooms_to_forward_to(member: Member, message: Message, among: list[TalkRoom]) -> list[TalkRoom]:
    """Those of the rooms for which `check_can_forward_to` says nothing."""
    plainly = {room.room_id for room in rooms_heard_by(member) if room.is_plainly_writable}
    found = [room for room in among if room.pk != message.room_id and not crosses_clients(message, room)]
    # The second look is for rooms of clients whom this member has opened by an exception too: they are few.
    return [room for room in found if room.pk in plainly or (room.client_id is not None and can_post(member, room))]


def files_to_forward(member: Member, message: Message) -> list[Attachment]:
    """The files that came with it and that this member may open; only those that are ready can go anywhere."""
    return list(attachments_readable_by(member, message.room).filter(message=message).order_by("place"))


def source_shown(member: Member, message: Message) -> Message | None:
    """The message that this one says again, for whoever reads it where it stands; else it came from nowhere."""
    source = (
        Message.objects.filter(pk__in=Forwarding.objects.filter(message=message).values("source"))
        .select_related("room__client")
        .first()
    )
    if source is None or not rooms_readable_by(member).filter(pk=source.room_id).exists():
        return None
    return source if messages_readable_by(member, source.room).filter(pk=source.pk).exists() else None
