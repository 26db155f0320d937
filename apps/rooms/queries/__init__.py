"""Page-shaped reads."""

from apps.rooms.queries.limits import limits_of
from apps.rooms.queries.memberships import PersonHere, people_of, people_rows, person_in
from apps.rooms.queries.messages import PAGE, has_older, latest_messages, messages_after, read_mark_of, with_authors
from apps.rooms.queries.picking import Picking, picking
from apps.rooms.queries.rooms import Show, is_pinned, room_rows, rooms_found, shown_of, unread_rooms_count

__all__ = [
    "PAGE",
    "PersonHere",
    "Picking",
    "Show",
    "has_older",
    "is_pinned",
    "latest_messages",
    "limits_of",
    "messages_after",
    "people_of",
    "people_rows",
    "person_in",
    "picking",
    "read_mark_of",
    "room_rows",
    "rooms_found",
    "shown_of",
    "unread_rooms_count",
    "with_authors",
]
