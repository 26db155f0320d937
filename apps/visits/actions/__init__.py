"""The verbs; the only modules that write."""

from apps.visits.actions.booking import book_visit, cancel_visit, move_visit
from apps.visits.actions.holding import hold_place, let_go, sweep
from apps.visits.actions.publishing import change_capacity, publish_slots, withdraw_slot

__all__ = [
    "book_visit",
    "cancel_visit",
    "change_capacity",
    "hold_place",
    "let_go",
    "move_visit",
    "publish_slots",
    "sweep",
    "withdraw_slot",
]
