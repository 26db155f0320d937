"""Who reads and writes the notes of a room: whoever reads and writes in the room, no further back than they are shown it.

A note is shown to a member whose time in the room begins "from a date" only where its *first* version was written on or
after that date (journey A4). A later version repeats what earlier ones said, and a single tick repeats all of it: were the
newest version's date enough, one press of somebody else would open what was said before. Of a note that was begun before,
such a member is shown nothing at all: no title, no version, no task. Whoever wants them to have it begins a new note of it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.notes.models import Note, NoteTask, NoteVersion
from apps.notes.refusals import NoteArchived
from apps.rooms.access import can_post, check_can_post, room_for, rooms_readable_by, shown_from
from apps.rooms.models import RoomMembership, RoomRole, TalkRoom
from apps.rooms.queries import people_of


def notes_readable_by(member: Member, room: TalkRoom) -> QuerySet[Note]:
    """Those of a room that its door has given, pinned ones first, then what was changed last."""
    since = shown_from(member, room)
    found: QuerySet[Note] = room.notes.all()
    return found if since is None else found.filter(begun_at__gte=since)


def in_order(notes: QuerySet[Note]) -> QuerySet[Note]:
    """Pinned notes first, then what was changed last."""
    newest = NoteVersion.objects.filter(note=OuterRef("pk")).order_by("-number")
    changed = notes.annotate(changed_at=Subquery(newest.values("written_at")[:1]))
    return changed.order_by(F("pinned_at").desc(nulls_last=True), "-changed_at", "-number")


def with_newest(notes: Iterable[Note]) -> list[Note]:
    """The notes bearing what they say: one question for all of them."""
    found = list(notes)
    versions = NoteVersion.objects.filter(note__in=found).order_by("note_id", "-number").distinct("note_id")
    newest = {one.note_id: one for one in versions.select_related("written_by__organization")}
    for note in found:
        note.newest = newest[note.pk]
    return found


def note_for(member: Member, room_id: UUID, number: int) -> Note:
    """The only way to get a note. What is hidden from this member, or of a hidden room, answers like missing."""
    room = room_for(member, room_id)
    found = with_newest(notes_readable_by(member, room).filter(number=number))
    if not found:
        raise NotHere(subject=room, client_id=room.client_id)
    # The room as its door has given it, with its client.
    found[0].room = room
    return found[0]


def version_for(note: Note, number: int) -> NoteVersion:
    """A version of a note that its door has given: whoever reads the note reads all it ever said."""
    found: NoteVersion | None = note.versions.filter(number=number).select_related("written_by__organization").first()
    if found is None:
        raise NotHere(subject=note.room, client_id=note.room.client_id)
    return found


def can_write_note(member: Member, note: Note) -> bool:
    """Whoever writes in the room, while the note is not put away."""
    return not note.is_archived and can_post(member, note.room)


def check_can_write_note(member: Member, note: Note) -> None:
    check_can_post(member, note.room)
    if note.is_archived:
        raise NoteArchived(subject=note.room, client_id=note.room.client_id)


def people_to_own(note: Note) -> QuerySet[Member]:
    """Whom a task of the note can be given, and who still has one: whoever writes in the room and is shown the note."""
    inside = RoomMembership.objects.open().filter(
        Q(history_from=None) | Q(history_from__lte=note.begun_at), room=note.room_id, member=OuterRef("pk")
    )
    return people_of(note.room).filter(Exists(inside.exclude(role=RoomRole.READER)))


def owner_for(note: Note, member_id: UUID) -> Member:
    """Somebody to whom a task can be given. Who is not in the room is not here."""
    found: Member | None = people_to_own(note).filter(pk=member_id).first()
    if found is None:
        raise NotHere(subject=note.room, client_id=note.room.client_id)
    return found


def task_for(note: Note, number: int) -> NoteTask:
    """A task of a note that its door has given."""
    found: NoteTask | None = note.tasks.select_related("owner").filter(number=number).first()
    if found is None:
        raise NotHere(subject=note.room, client_id=note.room.client_id)
    found.note = note
    return found


def tasks_of(member: Member) -> QuerySet[NoteTask]:
    """What this member has to do still, in the rooms and notes that are open to them and in use, what is due first first."""
    inside = RoomMembership.objects.open().filter(
        Q(history_from=None) | Q(history_from__lte=OuterRef("note__begun_at")),
        room=OuterRef("note__room"),
        member=member,
    )
    own: QuerySet[NoteTask] = NoteTask.objects.filter(
        Exists(inside.exclude(role=RoomRole.READER)), owner=member, done_at=None
    )
    in_use = own.filter(note__archived_at=None, note__room__archived_at=None)
    readable = in_use.filter(note__room__in=rooms_readable_by(member).values("pk"))
    return readable.order_by(F("due_on").asc(nulls_last=True), "pk")
