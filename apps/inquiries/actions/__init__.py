"""The verbs of inquiries."""

from apps.inquiries.actions.answering import answer_inquiry, enter_answer
from apps.inquiries.actions.asking import send_inquiry
from apps.inquiries.actions.chasing import extend_inquiry, remind_inquiry
from apps.inquiries.actions.closing import release_identity, withdraw_inquiry
from apps.inquiries.actions.sheets import answer_by_code, end_inquiry_sheet, enter_scan, print_inquiry

__all__ = [
    "answer_by_code",
    "answer_inquiry",
    "end_inquiry_sheet",
    "enter_answer",
    "enter_scan",
    "extend_inquiry",
    "print_inquiry",
    "release_identity",
    "remind_inquiry",
    "send_inquiry",
    "withdraw_inquiry",
]
