"""The verbs; the only modules that write."""

from apps.visits.actions.accompanying import accompany
from apps.visits.actions.agreeing import Agreed, open_booking
from apps.visits.actions.answering import accept_proposal, decline_request
from apps.visits.actions.booking import book_visit, cancel_visit
from apps.visits.actions.closing import close_day, open_day
from apps.visits.actions.family import cancel_by_key, change_by_key
from apps.visits.actions.holding import hold_place, let_go, sweep
from apps.visits.actions.moving import move_visit
from apps.visits.actions.overriding import accompany_regardless, hold_beyond
from apps.visits.actions.publishing import change_capacity, publish_slots, withdraw_slot
from apps.visits.actions.reminding import remind
from apps.visits.actions.requesting import Asked, end_requests, propose, take_request_back
from apps.visits.actions.sheets import answer_request_by_code, enter_request_scan, print_request

__all__ = [
    "Agreed",
    "Asked",
    "accept_proposal",
    "accompany",
    "accompany_regardless",
    "answer_request_by_code",
    "book_visit",
    "cancel_by_key",
    "cancel_visit",
    "change_by_key",
    "change_capacity",
    "close_day",
    "decline_request",
    "end_requests",
    "enter_request_scan",
    "hold_beyond",
    "hold_place",
    "let_go",
    "move_visit",
    "open_booking",
    "open_day",
    "print_request",
    "propose",
    "publish_slots",
    "remind",
    "sweep",
    "take_request_back",
    "withdraw_slot",
]
