"""Visiting times, the places in them, whom a visit is for, and the family's own key to it."""

from apps.visits.models.families import FamilyKey, VisitClient
from apps.visits.models.requests import Outcome, RequestSheet, VisitRequest
from apps.visits.models.slots import ClosedDay, Slot, Span, WithdrawalReason
from apps.visits.models.visits import WHY_DECLINED, EndReason, Visit

__all__ = [
    "WHY_DECLINED",
    "ClosedDay",
    "EndReason",
    "FamilyKey",
    "Outcome",
    "RequestSheet",
    "Slot",
    "Span",
    "Visit",
    "VisitClient",
    "VisitRequest",
    "WithdrawalReason",
]
