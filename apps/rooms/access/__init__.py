"""Who may read and write in a room, decided here for the list, the page, the API, the socket and the hub alike.

A member reads a room while their own membership of it is open and, in a client's room, while they may see the client.
Who has opened a client by a legal exception reads the client's rooms without membership, and writes nothing.
"""

from apps.rooms.access.handing_on import rooms_left_alone_by, rooms_taken_over
from apps.rooms.access.memberships import (
    can_administer_room,
    can_archive,
    check_can_administer_room,
    check_can_archive,
    membership_of,
    people_chosen,
    people_met_by,
    people_sharing_a_room_with,
    people_to_talk_with,
    people_who_can_read,
    people_who_could_join,
    roles_in,
    usual_role,
)
from apps.rooms.access.messages import (
    can_post,
    changes_by_itself_at,
    check_can_post,
    messages_readable_by,
    rooms_heard_by,
    rooms_plainly_writable_by,
    shown_from_when,
)
from apps.rooms.access.rooms import (
    can_open_rooms,
    check_can_open_rooms,
    reads_by_exception,
    room_for,
    rooms_of_client,
    rooms_readable_by,
)

__all__ = [
    "can_administer_room",
    "can_archive",
    "can_open_rooms",
    "can_post",
    "changes_by_itself_at",
    "check_can_administer_room",
    "check_can_archive",
    "check_can_open_rooms",
    "check_can_post",
    "membership_of",
    "messages_readable_by",
    "people_chosen",
    "people_met_by",
    "people_sharing_a_room_with",
    "people_to_talk_with",
    "people_who_can_read",
    "people_who_could_join",
    "reads_by_exception",
    "roles_in",
    "room_for",
    "rooms_heard_by",
    "rooms_left_alone_by",
    "rooms_of_client",
    "rooms_plainly_writable_by",
    "rooms_readable_by",
    "rooms_taken_over",
    "shown_from_when",
    "usual_role",
]
