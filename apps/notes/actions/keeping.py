"""Keep a note at the head of the list; put it away, and take it out again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.notes.access import check_can_write_note, note_for
from apps.notes.actions.writing import announce
from apps.notes.models import Note
from apps.rooms.access import check_can_post


@transaction.atomic
def pin_note(*, note: Note, by: Member) -> None:
    """Keep it at the head of the room's notes, for everybody there. Pinned again it stays where it is."""
    note = note_for(by, note.room_id, note.number)
    check_can_write_note(by, note)

    if Note.objects.filter(pk=note.pk, pinned_at=None).update(pinned_at=timezone.now(), pinned_by=by):
        kept("notes.pinned", note, by)


@transaction.atomic
def unpin_note(*, note: Note, by: Member) -> None:
    """Let it stand where the others stand."""
    note = note_for(by, note.room_id, note.number)
    check_can_write_note(by, note)

    if Note.objects.filter(pk=note.pk, pinned_at__isnull=False).update(pinned_at=None, pinned_by=None):
        kept("notes.unpinned", note, by)


@transaction.atomic
def archive_note(*, note: Note, by: Member) -> None:
    """Put it away: it is read under "Archived", and not changed. Archived again it stays as it is."""
    note = note_for(by, note.room_id, note.number)
    check_can_post(by, note.room)

    away: dict[str, Any] = {"archived_at": timezone.now(), "archived_by": by, "pinned_at": None, "pinned_by": None}
    if Note.objects.filter(pk=note.pk, archived_at=None).update(**away):
        kept("notes.archived", note, by)


@transaction.atomic
def restore_note(*, note: Note, by: Member) -> None:
    """Take it out of the archive, as it was."""
    note = note_for(by, note.room_id, note.number)
    check_can_post(by, note.room)

    if Note.objects.filter(pk=note.pk, archived_at__isnull=False).update(archived_at=None, archived_by=None):
        kept("notes.restored", note, by)


def kept(verb: str, note: Note, by: Member) -> None:
    detail = {"room": str(note.room_id), "note": note.number}
    audit.record(verb=verb, subject=note, client=note.room.client, by=by, detail=detail)
    announce(note)
