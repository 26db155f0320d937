"""What accounts announces to every process. Facts are ids: a session is named by the hash of its key, never by the key."""

from apps.kernel.bus import Broadcast

# user_id, session_hash: a browser session is over; its sockets must close.
session_ended = Broadcast("accounts.session_ended")
# user_id, device_id: a device's token opens nothing any more.
device_revoked = Broadcast("accounts.device_revoked")
# user_id: a person may not sign in any more; every session and device of theirs has ended.
user_deactivated = Broadcast("accounts.user_deactivated")
