"""Facts this app announces to every process."""

from apps.kernel.bus import Broadcast

# Told by the database function rooms_append, inside its transaction: room_id, environment_id, number.
message_posted = Broadcast("rooms.message_posted")
# A message was edited or removed: room_id, environment_id, change (its number among the room's changes).
message_changed = Broadcast("rooms.message_changed")
# Something waits to be sent, or does not any more: room_id, environment_id, member_id (its author), milliseconds until due.
message_waits = Broadcast("rooms.message_waits")
# A person has begun to write in a room, or has sent or given up what they had begun: room_id, environment_id, member_id.
draft_moved = Broadcast("rooms.draft_moved")
# A person has marked a message for themselves, or no longer, or done it: room_id, environment_id, member_id, number,
# kind, is_on.
message_marked = Broadcast("rooms.message_marked")
# A person has answered a message in a set phrase, or taken that back: room_id, environment_id, member_id, number, kind, is_on.
reacted = Broadcast("rooms.reacted")
# Somebody has confirmed a message: room_id, environment_id, member_id, number.
acknowledged = Broadcast("rooms.acknowledged")
# A message needs somebody of an organization, or somebody has it, or it is done: room_id, environment_id,
# organization_id, number.
handling_changed = Broadcast("rooms.handling_changed")
# Somebody was admitted or removed, or has another role: room_id, environment_id, member_id.
membership_changed = Broadcast("rooms.membership_changed")
# A room was archived or reopened: room_id, environment_id.
room_archived = Broadcast("rooms.room_archived")
# A person has pinned a room, or no longer: room_id, environment_id, member_id.
pin_moved = Broadcast("rooms.pin_moved")
# A person has read further on one of their screens: room_id, environment_id, member_id, number.
mark_moved = Broadcast("rooms.mark_moved")
