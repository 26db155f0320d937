"""Tasks as a page shows them: who has one, and how its day stands to today."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from apps.environments.models import Member
from apps.environments.names import Names, PersonShown
from apps.notes.access import people_to_own, tasks_of
from apps.notes.models import Note, NoteTask


@dataclass(frozen=True)
class TaskShown:
    """A task; `owner` is None where nobody has it, because nobody was named or because they are here no more."""

    task: NoteTask
    owner: PersonShown | None
    # Days from today until it is due, less than 0 when it is overdue; None without a day, or when it is done.
    days: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def days_late(self) -> int:
        return -(self.days or 0)


def tasks_shown(note: Note, names: Names) -> list[TaskShown]:
    """The tasks of a note: what is to be done first, by its day, then what is done."""
    present = set(people_to_own(note).values_list("pk", flat=True))
    found = note.tasks.select_related("owner__organization", "done_by__organization").order_by("number")
    rows = [shown(task, names if task.owner_id in present else None) for task in found]
    return sorted(rows, key=lambda row: (row.task.is_done, row.days is None, row.days or 0, row.task.number))


def shown(task: NoteTask, names: Names | None) -> TaskShown:
    owner = None if names is None or task.owner is None else names.of(task.owner)
    due = None if task.due_on is None or task.is_done else (task.due_on - timezone.localdate()).days
    return TaskShown(task=task, owner=owner, days=due)


def own_tasks(member: Member) -> QuerySet[NoteTask]:
    """What this member has to do, in all rooms, in the order in which it is due; `own_rows` shows a page of it."""
    return tasks_of(member).select_related("note__room__client", "note__room__pair_first", "note__room__pair_second")


def own_rows(tasks: Iterable[NoteTask]) -> list[TaskShown]:
    return [shown(task, None) for task in tasks]


def tasks_due_count(member: Member) -> int:
    """How many of them are due today or should have been done before."""
    return tasks_of(member).order_by().filter(due_on__lte=timezone.localdate()).count()


def choices_of_owners(note: Note, names: Names) -> list[tuple[str, str]]:
    """Whom a task can be given, as far as the reader may know them."""
    people = [one for one in people_to_own(note) if names.include(one.pk)]
    return [(str(one.pk), f"{one.name}（{names.of(one).organization}）") for one in people]
