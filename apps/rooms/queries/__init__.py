"""Page-shaped reads."""

from apps.rooms.queries.memberships import people_of
from apps.rooms.queries.messages import PAGE, has_older, latest_messages, messages_after, read_mark_of, with_authors
from apps.rooms.queries.rooms import room_rows, unread_rooms_count

__all__ = [
    "PAGE",
    "has_older",
    "latest_messages",
    "messages_after",
    "people_of",
    "read_mark_of",
    "room_rows",
    "unread_rooms_count",
    "with_authors",
]
