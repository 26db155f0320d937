"""Who reacts to what happens, all on one page. What every process hears (kernel.bus) goes to the hub (apps/rooms/hub.py)."""

from apps.environments.happenings import member_joined, slip_renewed
from apps.environments.names import acquaintance
from apps.files.happenings import file_settled
from apps.inquiries import on_paper as inquiries
from apps.inquiries.actions import end_inquiry_sheet
from apps.inquiries.happenings import inquiry_answered, inquiry_closed
from apps.inquiries.queries import beside_inquiries
from apps.inquiries.views.door import at_the_door as inquiry_at_the_door
from apps.notes.queries import notes_found
from apps.notices import actions as notices
from apps.paper.asking import Asker, asking
from apps.referrals.actions import follow_release, follow_visit
from apps.rooms.access import people_met_by, people_sharing_a_room_with
from apps.rooms.actions import follow_file
from apps.rooms.queries import beside_talk
from apps.surveys import queries as surveys
from apps.surveys.actions import end_sheet
from apps.surveys.happenings import reply_sent
from apps.surveys.views.door import at_the_door as survey_at_the_door
from apps.visits import on_paper as visits
from apps.visits.happenings import visit_booked, visit_cancelled
from apps.visits.views.door import request_at_the_door
from apps.waiting.actions import settle_when_booked
from apps.waiting.queries import unmet_by_waiting


def connect() -> None:
    """Called once, when every app is ready."""
    member_joined.connect(notices.welcome)
    slip_renewed.connect(notices.tell_of_new_slip)
    file_settled.connect(follow_file)
    # What came back on paper goes on with whoever asked.
    asking.connect(Asker(surveys.path_of_sheet, surveys.path_of_scan, survey_at_the_door))
    asking.connect(Asker(visits.path_of_sheet, visits.path_of_scan, request_at_the_door))
    asking.connect(Asker(inquiries.path_of_sheet, inquiries.path_of_scan, inquiry_at_the_door))
    reply_sent.connect(end_sheet)
    inquiry_answered.connect(end_inquiry_sheet)
    # A visit, and a name that was told, are steps of the way to the start.
    visit_booked.connect(follow_visit)
    visit_booked.connect(settle_when_booked)
    visit_cancelled.connect(follow_visit)
    inquiry_closed.connect(follow_release)
    # A guest knows whom they meet in talk rooms.
    acquaintance.met, acquaintance.near = people_met_by, people_sharing_a_room_with
    # Whoever searches in talk finds the notes of the same rooms.
    beside_talk.notes = notes_found
    # Who waits has met with a refusal too: one table of unmet need.
    beside_inquiries.refused = unmet_by_waiting
