"""The verbs of a room. Each is one transaction and leaves its entry in the ledger."""

from apps.rooms.actions.archiving import archive_room, reopen_room
from apps.rooms.actions.asking import acknowledge, ask_to_confirm, remind
from apps.rooms.actions.changing import edit, remove_message
from apps.rooms.actions.drafting import forget_draft, keep_draft
from apps.rooms.actions.following import follow_file
from apps.rooms.actions.forms import take_uploads, with_uploads
from apps.rooms.actions.forwarding import check_forward, forward
from apps.rooms.actions.guard import check_room
from apps.rooms.actions.handing_on import hand_on_rooms
from apps.rooms.actions.handling import finish_handling, give_back, hand_on, need_somebody, take
from apps.rooms.actions.inspecting import open_room_inspection
from apps.rooms.actions.limits import set_all_limits, set_limits
from apps.rooms.actions.marks import pin_room, read_up_to, unpin_room
from apps.rooms.actions.memberships import admit, admit_all, give_role, remove
from apps.rooms.actions.messages import (
    APPEND,
    Appended,
    Outgoing,
    append,
    appended,
    arguments,
    body_to_store,
    post,
)
from apps.rooms.actions.personal import finish, mark_message, unmark_message
from apps.rooms.actions.reacting import react, take_reaction_back
from apps.rooms.actions.retention import LetGo, purge_ended, set_retention
from apps.rooms.actions.rooms import open_client_room, open_pair, open_room
from apps.rooms.actions.searching import AT_ONCE, take_all_into_search, take_into_search
from apps.rooms.actions.waiting import (
    SEND_WAITING,
    change_waiting,
    hold,
    keep_habits,
    schedule,
    send_due,
    send_now,
    take_back,
)

__all__ = [
    "APPEND",
    "AT_ONCE",
    "SEND_WAITING",
    "Appended",
    "LetGo",
    "Outgoing",
    "acknowledge",
    "admit",
    "admit_all",
    "append",
    "appended",
    "archive_room",
    "arguments",
    "ask_to_confirm",
    "body_to_store",
    "change_waiting",
    "check_forward",
    "check_room",
    "edit",
    "finish",
    "finish_handling",
    "follow_file",
    "forget_draft",
    "forward",
    "give_back",
    "give_role",
    "hand_on",
    "hand_on_rooms",
    "hold",
    "keep_draft",
    "keep_habits",
    "mark_message",
    "need_somebody",
    "open_client_room",
    "open_pair",
    "open_room",
    "open_room_inspection",
    "pin_room",
    "post",
    "purge_ended",
    "react",
    "read_up_to",
    "remind",
    "remove",
    "remove_message",
    "reopen_room",
    "schedule",
    "send_due",
    "send_now",
    "set_all_limits",
    "set_limits",
    "set_retention",
    "take",
    "take_all_into_search",
    "take_back",
    "take_into_search",
    "take_reaction_back",
    "take_uploads",
    "unmark_message",
    "unpin_room",
    "with_uploads",
]
