"""The verbs of a room. Each is one transaction and leaves its entry in the ledger."""

from apps.rooms.actions.archiving import archive_room, reopen_room
from apps.rooms.actions.handing_on import hand_on_rooms
from apps.rooms.actions.limits import set_limits
from apps.rooms.actions.marks import pin_room, read_up_to, unpin_room
from apps.rooms.actions.memberships import admit, admit_all, give_role, remove
from apps.rooms.actions.messages import APPEND, Appended, Outgoing, append, appended, arguments, body_to_store, post
from apps.rooms.actions.rooms import open_client_room, open_pair, open_room

__all__ = [
    "APPEND",
    "Appended",
    "Outgoing",
    "admit",
    "admit_all",
    "append",
    "appended",
    "archive_room",
    "arguments",
    "body_to_store",
    "give_role",
    "hand_on_rooms",
    "open_client_room",
    "open_pair",
    "open_room",
    "pin_room",
    "post",
    "read_up_to",
    "remove",
    "reopen_room",
    "set_limits",
    "unpin_room",
]
