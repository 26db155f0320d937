"""Who reacts to what happens, all on one page. What every process hears (kernel.bus) goes to the hub (apps/rooms/hub.py)."""

from apps.environments.happenings import member_joined, slip_renewed
from apps.environments.names import acquaintance
from apps.files.happenings import file_settled
from apps.notes.queries import notes_found
from apps.notices import actions as notices
from apps.paper.asking import asking
from apps.rooms.access import people_met_by, people_sharing_a_room_with
from apps.rooms.actions import follow_file
from apps.rooms.queries import beside_talk
from apps.surveys.actions import end_sheet
from apps.surveys.happenings import reply_sent
from apps.surveys.queries import path_of_scan, path_of_sheet


def connect() -> None:
    """Called once, when every app is ready."""
    member_joined.connect(notices.welcome)
    slip_renewed.connect(notices.tell_of_new_slip)
    file_settled.connect(follow_file)
    # What came back on paper goes on with whoever asked.
    asking.path_of_sheet, asking.path_of_scan = path_of_sheet, path_of_scan
    reply_sent.connect(end_sheet)
    # A guest knows whom they meet in talk rooms.
    acquaintance.met, acquaintance.near = people_met_by, people_sharing_a_room_with
    # Whoever searches in talk finds the notes of the same rooms.
    beside_talk.notes = notes_found
