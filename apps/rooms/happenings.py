"""Facts this app announces to every process."""

from apps.kernel.bus import Broadcast

# Told by the database function rooms_append, inside its transaction: room_id, environment_id, number.
message_posted = Broadcast("rooms.message_posted")
# Somebody was admitted or removed, or has another role: room_id, environment_id, member_id.
membership_changed = Broadcast("rooms.membership_changed")
# A room was archived or reopened: room_id, environment_id.
room_archived = Broadcast("rooms.room_archived")
# A person has pinned a room, or no longer: room_id, environment_id, member_id.
pin_moved = Broadcast("rooms.pin_moved")
# A person has read further on one of their screens: room_id, member_id, number.
mark_moved = Broadcast("rooms.mark_moved")
