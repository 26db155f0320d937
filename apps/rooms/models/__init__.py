"""Talk rooms, who is in them from when until when, their numbered messages and how far each person has read."""

from apps.rooms.models.limits import RoomLimits
from apps.rooms.models.marks import ReadMark, RoomPin
from apps.rooms.models.memberships import RoomMembership, RoomRole
from apps.rooms.models.messages import Message
from apps.rooms.models.rooms import (
    Classification,
    RoomKind,
    TalkRoom,
    TalkRoomGroupObjectPermission,
    TalkRoomUserObjectPermission,
)

__all__ = [
    "Classification",
    "Message",
    "ReadMark",
    "RoomKind",
    "RoomLimits",
    "RoomMembership",
    "RoomPin",
    "RoomRole",
    "TalkRoom",
    "TalkRoomGroupObjectPermission",
    "TalkRoomUserObjectPermission",
]
