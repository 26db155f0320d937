"""Makers of notes."""

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from apps.environments.models import Member
from apps.notes.models import Note, NoteTask, NoteVersion
from apps.rooms.models import TalkRoom


def make_note(
    room: TalkRoom,
    *,
    by: Member,
    title: str = "今週の予定",
    body: str = "- [ ] 訪問\n- [ ] 電話",
    number: int | None = None,
    at: datetime | None = None,
) -> Note:
    """A note in its first version."""
    highest = Note.objects.filter(room=room).aggregate(highest=Max("number"))["highest"] or 0
    at, around = at or timezone.now(), {"environment": room.environment}
    note = Note.objects.create(room=room, number=number or highest + 1, begun_at=at, begun_by=by, **around)
    note.newest = NoteVersion.objects.create(
        note=note, number=1, title=title, body=body, written_at=at, written_by=by, **around
    )
    return note


def make_task(
    note: Note, *, by: Member, owner: Member | None = None, text: str = "電話する", due_on: date | None = None
) -> NoteTask:
    """A task of a note."""
    number = note.tasks.count() + 1
    about = {"environment": note.environment, "note": note, "number": number, "made_by": by}
    return NoteTask.objects.create(text=text, owner=owner, due_on=due_on, **about)
