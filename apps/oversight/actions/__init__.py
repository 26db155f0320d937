"""The verbs of an auditor, each in one transaction."""

from apps.oversight.actions.exporting import export_ledger
from apps.oversight.actions.questions import remove_question, save_question

__all__ = ["export_ledger", "remove_question", "save_question"]
