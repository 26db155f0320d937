"""Add a task to a note; give it to somebody else; finish it, and take that back."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.notes.access import check_can_write_note, note_for, owner_for, task_for
from apps.notes.actions.writing import announce, check_length, locked, storable
from apps.notes.models import Note, NoteTask
from apps.notes.refusals import TaskUnsaid
from apps.notices.actions import notify


@transaction.atomic
def add_task(*, note: Note, text: str, owner: Member | None, due_on: date | None, by: Member) -> NoteTask:
    """Say what is to be done, by whom and until when. Whoever else it is given to is told."""
    note = locked(note, by)
    text = storable(text).replace("\n", " ")
    if not text:
        raise TaskUnsaid(subject=note.room, client_id=note.room.client_id)
    check_length(text, NoteTask.LONGEST)
    check_no_individual_number(text)
    owner = None if owner is None else owner_for(note, owner.pk)

    highest = NoteTask.objects.filter(note=note).aggregate(highest=Max("number"))["highest"] or 0
    told = {"number": highest + 1, "text": text, "owner": owner, "due_on": due_on, "made_by": by}
    task: NoteTask = NoteTask.objects.create(environment=note.environment, note=note, **told)
    said("notes.task_added", task, note, by)
    tell(task, note, by)
    return task


@transaction.atomic
def change_task(*, task: NoteTask, owner: Member | None, due_on: date | None, by: Member) -> NoteTask:
    """Give it to somebody else, or to nobody; another day, or none. What is to be done stays as it was said."""
    note, task = in_hand(task, by)
    owner = None if owner is None else owner_for(note, owner.pk)

    passes = owner is not None and owner.pk != task.owner_id
    task.owner, task.due_on = owner, due_on
    task.save(update_fields=["owner", "due_on"])
    said("notes.task_changed", task, note, by)
    if passes:
        tell(task, note, by)
    return task


@transaction.atomic
def finish_task(*, task: NoteTask, by: Member) -> None:
    """It is done. Finished again it stays with whoever finished it first."""
    note, task = in_hand(task, by)

    if NoteTask.objects.filter(pk=task.pk, done_at=None).update(done_at=timezone.now(), done_by=by):
        said("notes.task_finished", task, note, by)


@transaction.atomic
def reopen_task(*, task: NoteTask, by: Member) -> None:
    """It is to be done still."""
    note, task = in_hand(task, by)

    if NoteTask.objects.filter(pk=task.pk, done_at__isnull=False).update(done_at=None, done_by=None):
        said("notes.task_reopened", task, note, by)


def in_hand(task: NoteTask, by: Member) -> tuple[Note, NoteTask]:
    """The task through the door of its note, for whoever may write there."""
    note = note_for(by, task.note.room_id, task.note.number)
    check_can_write_note(by, note)
    return note, task_for(note, task.number)


def said(verb: str, task: NoteTask, note: Note, by: Member) -> None:
    detail = {"room": str(note.room_id), "note": note.number, "task": task.number}
    audit.record(verb=verb, subject=task, client=note.room.client, by=by, detail=detail)
    announce(note)


def tell(task: NoteTask, note: Note, by: Member) -> None:
    if task.owner is not None and task.owner.pk != by.pk:
        words = {"slug": by.environment.slug, "room_id": note.room_id, "note_number": note.number}
        notify(
            receivers=[task.owner],
            sentence=gettext_noop("A task in a note was given to you."),
            path=reverse("notes:note", kwargs=words),
            about=note.room.client_id,
        )
