"""The verbs of a note. Each is one transaction and leaves its entry in the ledger; no entry holds a word of the note."""

from apps.notes.actions.keeping import archive_note, pin_note, restore_note, unpin_note
from apps.notes.actions.tasks import add_task, change_task, finish_task, reopen_task
from apps.notes.actions.writing import begin_note, check_belongs, return_to, save_note, tick

__all__ = [
    "add_task",
    "archive_note",
    "begin_note",
    "change_task",
    "check_belongs",
    "finish_task",
    "pin_note",
    "reopen_task",
    "restore_note",
    "return_to",
    "save_note",
    "tick",
    "unpin_note",
]
