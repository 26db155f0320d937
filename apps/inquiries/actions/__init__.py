"""The verbs of inquiries."""

from apps.inquiries.actions.answering import answer_inquiry
from apps.inquiries.actions.asking import send_inquiry
from apps.inquiries.actions.closing import release_identity, withdraw_inquiry

__all__ = ["answer_inquiry", "release_identity", "send_inquiry", "withdraw_inquiry"]
