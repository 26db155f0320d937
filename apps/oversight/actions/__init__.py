"""The verbs of an auditor, each in one transaction."""

from apps.oversight.actions.exporting import export_ledger
from apps.oversight.actions.questions import remove_question, save_question
from apps.oversight.actions.unusual import look_for_unusual, review_unusual, set_watch

__all__ = ["export_ledger", "look_for_unusual", "remove_question", "review_unusual", "save_question", "set_watch"]
