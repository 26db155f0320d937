"""Begin a note, save its next version, tick a line, go back to an earlier version."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.kernel.refusals import Refusal
from apps.notes import wording
from apps.notes.access import check_can_write_note, note_for, version_for
from apps.notes.happenings import note_changed
from apps.notes.models import Note, NoteVersion, VersionKind
from apps.notes.refusals import LineChanged, NoteTooLong, NoteUntitled, SavedMeanwhile
from apps.rooms.access import check_can_post, room_for
from apps.rooms.actions import check_room
from apps.rooms.models import TalkRoom


def check_belongs(*, room: TalkRoom, title: str, body: str, is_sure: bool, by: Member) -> None:
    """The guard against the wrong room, as it stands before a message: refuses with `AnotherClient` until one is sure."""
    check_room(room=room, message={"body": f"{title}\n{body}"}, is_sure=is_sure, by=by)


@transaction.atomic
def begin_note(*, room: TalkRoom, title: str, body: str, by: Member) -> Note:
    """Write the first version of a new note of the room."""
    check_can_post(by, room)
    told = to_store(room, title, body, "")

    # Two who begin a note at once are numbered one after the other; messages wait for it no longer than for each other.
    room = room_for(by, room.pk)
    TalkRoom.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)
    highest = Note.objects.filter(room=room).aggregate(highest=Max("number"))["highest"] or 0
    now, around = timezone.now(), {"environment": room.environment}
    note: Note = Note.objects.create(room=room, number=highest + 1, begun_at=now, begun_by=by, **around)
    note.newest = NoteVersion.objects.create(note=note, number=1, written_at=now, written_by=by, **told, **around)
    audit.record(
        verb="notes.begun", subject=note, client=room.client, by=by, detail={"room": str(room.pk), "note": note.number}
    )
    announce(note)
    return note


@transaction.atomic
def save_note(*, note: Note, expected: int, title: str, body: str, reason: str = "", by: Member) -> NoteVersion:
    """Save the next version on top of the one that was read (`expected`). Who comes second is told, and nothing is lost.

    What says the same as before is no version: the newest is returned as it stands.
    """
    note = locked(note, by)
    told = to_store(note.room, title, body, reason)

    if expected != note.newest.number:
        raise SavedMeanwhile(note.newest, subject=note.room, client_id=note.room.client_id)
    if (told["title"], told["body"]) == (note.newest.title, note.newest.body):
        return note.newest
    return written(note, by, kind=VersionKind.WRITTEN, **told)


@transaction.atomic
def tick(*, note: Note, seen: int, item: int, is_done: bool, by: Member) -> NoteVersion:
    """Tick the line that was the `item`-th to be ticked in version `seen`, or take its tick away: the next version.

    What others have ticked or written meanwhile stays. A line whose words were changed meanwhile is not ticked. One that
    stands as it is wanted already is left alone.
    """
    note = locked(note, by)

    line = wording.same_line(version_for(note, seen).body, item, note.newest.body)
    if line is None:
        raise LineChanged(subject=note.room, client_id=note.room.client_id)
    if line.is_done == is_done:
        return note.newest
    body = wording.ticked(note.newest.body, line, is_done=is_done)
    return written(note, by, kind=VersionKind.TICKED, title=note.newest.title, body=body)


@transaction.atomic
def return_to(*, note: Note, version: NoteVersion, expected: int, by: Member) -> NoteVersion:
    """Let the note say again what an earlier version said: as its next version, with those between kept."""
    note = locked(note, by)

    if expected != note.newest.number:
        raise SavedMeanwhile(note.newest, subject=note.room, client_id=note.room.client_id)
    version = version_for(note, version.number)
    told = {"title": version.title, "body": version.body}
    if told == {"title": note.newest.title, "body": note.newest.body}:
        return note.newest
    return written(note, by, kind=VersionKind.RETURNED, returned_to=version.number, **told)


def locked(note: Note, by: Member) -> Note:
    """The note as its door gives it now, for whoever may write it. Of two who save at once one comes after the other."""
    Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    note = note_for(by, note.room_id, note.number)
    check_can_write_note(by, note)
    return note


def written(note: Note, by: Member, **told: Any) -> NoteVersion:
    version: NoteVersion = NoteVersion.objects.create(
        environment=note.environment, note=note, number=note.newest.number + 1, written_by=by, **told
    )
    detail = {"room": str(note.room_id), "note": note.number, "version": version.number}
    audit.record(verb=f"notes.{version.kind}", subject=note, client=note.room.client, by=by, detail=detail)
    announce(note)
    note.newest = version
    return version


def announce(note: Note) -> None:
    """Let the open screens of those who are shown the note look again."""
    note_changed.announce(
        environment_id=note.environment_id, room_id=note.room_id, number=note.number, begun_at=note.begun_at.isoformat()
    )


def to_store(room: TalkRoom, title: str, body: str, reason: str) -> dict[str, str]:
    """What is kept of what was typed. Refuses a note without a title, too much, and what looks like an individual number."""
    title, reason = (storable(one).replace("\n", " ") for one in (title, reason))
    body = storable(body)
    try:
        if not title:
            raise NoteUntitled
        check_length(title, NoteVersion.LONGEST_TITLE)
        check_length(reason, NoteVersion.LONGEST_REASON)
        check_length(body, NoteVersion.LONGEST)
        check_no_individual_number(title, body, reason)
    except Refusal as refusal:
        refusal.subject, refusal.client_id = room, room.client_id
        raise
    return {"title": title, "body": body, "reason": reason}


def check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise NoteTooLong(limit=f"{longest:,}")


def storable(text: str) -> str:
    # A lone surrogate or a NUL cannot be stored; a browser ends its lines with two signs.
    told = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    return told.replace("\r\n", "\n").replace("\r", "\n").strip()
