"""The verbs of auditors, of the desk that hands out a family's code, and of the family; each in one transaction."""

from apps.oversight.actions.exporting import export_ledger
from apps.oversight.actions.exports import (
    MAKE_EXPORT,
    ask_for_export,
    end_exports,
    make_export,
    note_taking_out,
    sweep_exports,
)
from apps.oversight.actions.family import answer_family, ask_about, hand_out_code, revoke_code, set_family_policy
from apps.oversight.actions.questions import remove_question, save_question
from apps.oversight.actions.unusual import look_for_unusual, review_unusual, set_watch

__all__ = [
    "MAKE_EXPORT",
    "answer_family",
    "ask_about",
    "ask_for_export",
    "end_exports",
    "export_ledger",
    "hand_out_code",
    "look_for_unusual",
    "make_export",
    "note_taking_out",
    "remove_question",
    "review_unusual",
    "revoke_code",
    "save_question",
    "set_family_policy",
    "set_watch",
    "sweep_exports",
]
