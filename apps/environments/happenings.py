"""Facts this app announces."""

from apps.kernel.bus import Broadcast
from apps.kernel.happenings import Happening

member_joined = Happening()  # environment, member_id
slip_renewed = Happening()  # environment, member_id
member_left = Broadcast("environments.member_left")  # environment_id, member_id
# environment_id, member_id: a place is closed until it is lifted; its screens must close.
place_suspended = Broadcast("environments.place_suspended")
