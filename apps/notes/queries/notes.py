"""The notes of a room as its list shows them, and the versions of one."""

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.notes.access import in_order, notes_readable_by, with_newest
from apps.notes.models import Note, NoteVersion
from apps.notes.wording import checks_of
from apps.rooms.models import TalkRoom

# More than this a room's list does not hold on one page; what was put away stands apart.
MOST = 200


@dataclass(frozen=True)
class Listed:
    """A note in the list: what it is called, who changed it last, and how far its check list has come."""

    note: Note
    done: int
    checks: int


def listed(member: Member, room: TalkRoom, *, archived: bool = False) -> list[Listed]:
    """The notes of a room that this member reads: those in use, or those that were put away."""
    found = notes_readable_by(member, room).filter(archived_at__isnull=not archived)
    return [row(note) for note in with_newest(in_order(found)[:MOST])]


def row(note: Note) -> Listed:
    checks = checks_of(note.newest.body)
    return Listed(note=note, done=sum(one.is_done for one in checks), checks=len(checks))


def versions_of(note: Note) -> QuerySet[NoteVersion]:
    """Whatever the note ever said, the newest first."""
    found: QuerySet[NoteVersion] = note.versions.select_related("written_by__organization").order_by("-number")
    return found
