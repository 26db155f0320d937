"""Talk rooms, who is in them from when until when, their numbered messages and how far each person has read."""

from apps.rooms.models.marks import ReadMark
from apps.rooms.models.memberships import RoomMembership
from apps.rooms.models.messages import Message
from apps.rooms.models.rooms import RoomKind, TalkRoom, TalkRoomGroupObjectPermission, TalkRoomUserObjectPermission

__all__ = [
    "Message",
    "ReadMark",
    "RoomKind",
    "RoomMembership",
    "TalkRoom",
    "TalkRoomGroupObjectPermission",
    "TalkRoomUserObjectPermission",
]
