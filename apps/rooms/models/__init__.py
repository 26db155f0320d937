"""Talk rooms, who is in them from when until when, their numbered messages and how far each person has read."""

from apps.rooms.models.asking import Acknowledgement, Ask
from apps.rooms.models.attachments import Attachment
from apps.rooms.models.drafts import Draft
from apps.rooms.models.forwarding import Forwarding
from apps.rooms.models.handling import Handling
from apps.rooms.models.inspections import RoomInspection
from apps.rooms.models.limits import RoomLimits, SeenShown
from apps.rooms.models.marks import ReadMark, RoomPin
from apps.rooms.models.memberships import RoomMembership, RoomRole
from apps.rooms.models.mentions import Mention, Mentioned, MentionKind
from apps.rooms.models.messages import AskedOf, Message, MessageVersion
from apps.rooms.models.personal import MarkKind, MessageMark
from apps.rooms.models.reactions import Reaction, ReactionKind
from apps.rooms.models.retention import RetentionPolicy
from apps.rooms.models.rooms import (
    Classification,
    RoomKind,
    TalkRoom,
    TalkRoomGroupObjectPermission,
    TalkRoomUserObjectPermission,
)
from apps.rooms.models.searching import SearchMark, SearchText
from apps.rooms.models.waiting import SendKey, WaitingMessage, WritingHabits

__all__ = [
    "Acknowledgement",
    "Ask",
    "AskedOf",
    "Attachment",
    "Classification",
    "Draft",
    "Forwarding",
    "Handling",
    "MarkKind",
    "Mention",
    "MentionKind",
    "Mentioned",
    "Message",
    "MessageMark",
    "MessageVersion",
    "Reaction",
    "ReactionKind",
    "ReadMark",
    "RetentionPolicy",
    "RoomInspection",
    "RoomKind",
    "RoomLimits",
    "RoomMembership",
    "RoomPin",
    "RoomRole",
    "SearchMark",
    "SearchText",
    "SeenShown",
    "SendKey",
    "TalkRoom",
    "TalkRoomGroupObjectPermission",
    "TalkRoomUserObjectPermission",
    "WaitingMessage",
    "WritingHabits",
]
