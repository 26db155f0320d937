"""Facts this app announces."""

from apps.kernel.bus import Broadcast

notified = Broadcast("notices.notified")  # environment_id, member_id
