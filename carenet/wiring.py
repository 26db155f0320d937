"""Who reacts to what happens, all on one page. What every process hears (kernel.bus) goes to the hub (apps/rooms/hub.py)."""

from apps.environments.happenings import member_joined, slip_renewed
from apps.environments.names import acquaintance
from apps.notices import actions as notices
from apps.rooms.access import people_met_by, people_sharing_a_room_with


def connect() -> None:
    """Called once, when every app is ready."""
    member_joined.connect(notices.welcome)
    slip_renewed.connect(notices.tell_of_new_slip)
    # A guest knows whom they meet in talk rooms.
    acquaintance.met, acquaintance.near = people_met_by, people_sharing_a_room_with
