"""The verbs of a room. Each is one transaction and leaves its entry in the ledger."""

from apps.rooms.actions.marks import read_up_to
from apps.rooms.actions.memberships import admit, hand_on_rooms, remove
from apps.rooms.actions.messages import APPEND, Appended, Outgoing, append, appended, arguments, body_to_store, post
from apps.rooms.actions.rooms import open_client_room

__all__ = [
    "APPEND",
    "Appended",
    "Outgoing",
    "admit",
    "append",
    "appended",
    "arguments",
    "body_to_store",
    "hand_on_rooms",
    "open_client_room",
    "post",
    "read_up_to",
    "remove",
]
