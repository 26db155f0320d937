"""What stands beside a room in its reader's list: how much is unread, how many people are in it, a draft, a pin."""

from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from apps.environments.models import Member
from apps.rooms.access import READABLE

# Each room is asked for itself, by index (LATERAL … OFFSET 0), whatever the planner knows. A room that only a legal
# exception opens is none of one's own: nothing in it waits to be read.
OF_EACH_ROOM = """
WITH asking AS MATERIALIZED (SELECT %s::uuid AS member, %s::timestamptz AS moment)
SELECT {columns}
FROM asking CROSS JOIN ({rule}) AS readable
CROSS JOIN LATERAL (SELECT * FROM rooms_talkroom WHERE id = readable.pk OFFSET 0) AS room
CROSS JOIN LATERAL (
    SELECT coalesce(max(number), 0) AS number FROM rooms_readmark
    WHERE room_id = room.id AND member_id = asking.member OFFSET 0
) AS mark
LEFT JOIN LATERAL (
    SELECT room_id, history_from FROM rooms_roommembership
    WHERE room_id = room.id AND member_id = asking.member
        AND valid_from <= asking.moment AND (valid_to IS NULL OR valid_to > asking.moment)
    OFFSET 0
) AS mine ON TRUE
CROSS JOIN LATERAL (
    SELECT count(*) AS messages FROM (
        SELECT FROM rooms_message
        WHERE room.last_number > mark.number AND room_id = mine.room_id AND number > mark.number
            AND removed_at IS NULL AND author_id <> asking.member
            AND (mine.history_from IS NULL OR posted_at >= mine.history_from)
        LIMIT {most}
    ) AS message
) AS unread
"""
# Nobody reads a higher number off a list, and a newcomer to a room of a hundred thousand messages would wait for it.
MOST_COUNTED = 1000
ROWS = (
    OF_EACH_ROOM.replace("{most}", str(MOST_COUNTED)).replace(
        "{columns}",
        """
    room.id, room.archived_at IS NOT NULL, mark.number, unread.messages,
    (
        SELECT count(*) FROM rooms_roommembership
        WHERE room_id = room.id AND valid_from <= asking.moment AND (valid_to IS NULL OR valid_to > asking.moment)
    ),
    EXISTS (SELECT FROM rooms_draft WHERE room_id = room.id AND member_id = asking.member),
    EXISTS (SELECT FROM rooms_roompin WHERE room_id = room.id AND member_id = asking.member)
""",
    )
    + """
ORDER BY 7 DESC, unread.messages > 0 DESC, room.last_posted_at DESC NULLS LAST, room.opened_at DESC
"""
)
UNREAD = (
    OF_EACH_ROOM.replace("{most}", "1").replace("{columns}", "count(*)")
    + "WHERE unread.messages > 0 AND room.archived_at IS NULL"
)


class RoomRow(NamedTuple):
    """Of one room, for one reader at one moment."""

    room_id: UUID
    is_archived: bool
    # Up to where it was read.
    mark: int
    # Messages of others after it, as far as this reader is shown them; at most `MOST_COUNTED`.
    unread: int
    people: int
    is_drafted: bool
    is_pinned: bool


def rows_for(member: Member, *, only: UUID | None = None) -> list[RoomRow]:
    """Of every room that this member may read now, or of the one: pinned ones first, then unread ones, then the newest."""
    asked = READABLE.within(ROWS, member, [member.pk, timezone.now()], only=only)
    return [RoomRow(*row) for row in asked]


def unread_rooms_count(member: Member) -> int:
    """What the badge of the talk destination shows: rooms with something unread."""
    return int(READABLE.within(UNREAD, member, [member.pk, timezone.now()])[0][0])
