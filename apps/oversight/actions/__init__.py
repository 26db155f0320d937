"""The verbs of auditors, of the desk that hands out a family's code, and of the family; each in one transaction."""

from apps.oversight.actions.exporting import export_ledger
from apps.oversight.actions.family import answer_family, ask_about, hand_out_code, revoke_code, set_family_policy
from apps.oversight.actions.questions import remove_question, save_question
from apps.oversight.actions.unusual import look_for_unusual, review_unusual, set_watch

__all__ = [
    "answer_family",
    "ask_about",
    "export_ledger",
    "hand_out_code",
    "look_for_unusual",
    "remove_question",
    "review_unusual",
    "revoke_code",
    "save_question",
    "set_family_policy",
    "set_watch",
]
