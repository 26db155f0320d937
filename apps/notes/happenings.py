"""Facts this app announces to every process."""

from apps.kernel.bus import Broadcast

# A note was begun, saved, ticked, pinned or put away, or one of its tasks has changed: room_id, environment_id, number, and
# begun_at, before which nobody is told of it whose time in the room began later.
note_changed = Broadcast("notes.note_changed")
