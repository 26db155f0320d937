"""One message: the door to it, and who may change what it says."""

from uuid import UUID

from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.access.memberships import membership_of
from apps.rooms.access.messages import can_post, check_can_post, messages_readable_by
from apps.rooms.access.rooms import reads_by_exception, room_for
from apps.rooms.models import Message, RoomRole
from apps.rooms.refusals import AlreadyRemoved, RoomArchived


def message_for(member: Member, room_id: UUID, number: int) -> Message:
    """The only way to get one message. What is hidden from this member, or of a hidden room, answers like missing."""
    room = room_for(member, room_id)
    found = messages_readable_by(member, room).select_related("author__organization").filter(number=number).first()
    if found is None:
        raise NotHere(subject=room, client_id=room.client_id)
    # The room as its door has given it, with its client.
    found.room = room
    return found


def can_edit(member: Member, message: Message) -> bool:
    """Its author, while they may write in the room; at any time, for whoever reads it sees what it said before."""
    return not message.is_removed and message.author_id == member.pk and can_post(member, message.room)


def check_can_edit(member: Member, message: Message) -> None:
    check_can_post(member, message.room)
    if message.author_id != member.pk:
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)
    check_is_there(message)


def can_remove(member: Member, message: Message) -> bool:
    """Its author, and in a theme room or announcements an owner."""
    return not message.is_removed and is_theirs_to_remove(member, message) and can_post(member, message.room)


def check_can_remove(member: Member, message: Message) -> None:
    check_can_post(member, message.room)
    if not is_theirs_to_remove(member, message):
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)
    check_is_there(message)


def can_react(member: Member, message: Message) -> bool:
    """Everybody of the room, also where few write and all read; not who reads by a legal exception."""
    room = message.room
    return not message.is_removed and not room.is_archived and not reads_by_exception(member, room)


def check_can_react(member: Member, message: Message) -> None:
    room = room_for(member, message.room_id)
    if reads_by_exception(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)
    if room.is_archived:
        raise RoomArchived(subject=room, client_id=room.client_id)
    check_is_there(message)


def check_is_there(message: Message) -> None:
    if message.is_removed:
        raise AlreadyRemoved(subject=message.room, client_id=message.room.client_id)


def is_theirs_to_remove(member: Member, message: Message) -> bool:
    own = membership_of(member, message.room)
    return message.author_id == member.pk or (own is not None and own.role == RoomRole.OWNER)
