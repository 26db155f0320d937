"""The verbs; the only modules that write."""

from apps.facilities.actions.answering import confirm_again, receive_availability, state_availability
from apps.facilities.actions.districts import add_district, change_district, publish_board, remove_district
from apps.facilities.actions.registering import change_facility, register_by_hand, register_from_directory

__all__ = [
    "add_district",
    "change_district",
    "change_facility",
    "confirm_again",
    "publish_board",
    "receive_availability",
    "register_by_hand",
    "register_from_directory",
    "remove_district",
    "state_availability",
]
