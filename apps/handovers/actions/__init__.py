"""The verbs of handovers. Each is one transaction and leaves its entry in the ledger."""

from apps.handovers.actions.places import leave, move
from apps.handovers.actions.reviews import answer, close_when_due, finish, name_reviewer, start_review, warn

__all__ = [
    "answer",
    "close_when_due",
    "finish",
    "leave",
    "move",
    "name_reviewer",
    "start_review",
    "warn",
]
