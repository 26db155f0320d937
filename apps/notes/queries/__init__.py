"""Page-shaped reads of notes."""

from apps.notes.queries.beginnings import BEGINNINGS, Beginning, beginning
from apps.notes.queries.comparing import Line, compared
from apps.notes.queries.notes import Listed, listed, versions_of
from apps.notes.queries.searching import notes_found
from apps.notes.queries.tasks import TaskShown, choices_of_owners, own_rows, own_tasks, tasks_due_count, tasks_shown

__all__ = [
    "BEGINNINGS",
    "Beginning",
    "Line",
    "Listed",
    "TaskShown",
    "beginning",
    "choices_of_owners",
    "compared",
    "listed",
    "notes_found",
    "own_rows",
    "own_tasks",
    "tasks_due_count",
    "tasks_shown",
    "versions_of",
]
