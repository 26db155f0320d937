"""The verbs of a room. Each is one transaction and leaves its entry in the ledger."""

from apps.rooms.actions.marks import read_up_to
from apps.rooms.actions.memberships import admit, hand_on_rooms, remove
from apps.rooms.actions.messages import Appended, append, appended, post
from apps.rooms.actions.rooms import open_client_room

__all__ = [
    "Appended",
    "admit",
    "append",
    "appended",
    "hand_on_rooms",
    "open_client_room",
    "post",
    "read_up_to",
    "remove",
]
