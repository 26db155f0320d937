"""Everything of a room as it is handed over: who was in it and when, what was said, in order, and its notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from apps.environments.models import Member
from apps.notes.models import Note, NoteTask, NoteVersion
from apps.rooms.access import seen_shown_in
from apps.rooms.models import (
    Acknowledgement,
    Attachment,
    Message,
    MessageVersion,
    ReadMark,
    RoomMembership,
    SeenShown,
    TalkRoom,
)

# So many messages are in memory at once, and in one volume on paper.
AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """A message as it is handed over: of a deleted one that it was deleted, by whom and when, and nothing more."""

    message: Message
    versions: list[MessageVersion]
    files: list[Attachment]
    confirmed: list[Acknowledgement]


def times_ever(room: TalkRoom) -> list[RoomMembership]:
    """Everybody's times in the room, the first first."""
    times = RoomMembership.objects.filter(room=room).select_related("member__organization")
    return list(times.order_by("valid_from", "pk"))


def marks_told(member: Member, room: TalkRoom) -> list[ReadMark]:
    """How far each has read, where the environment lets everybody in a room know that; never when."""
    if seen_shown_in(member) != SeenShown.READERS:
        return []
    marks = ReadMark.objects.filter(room=room, number__gt=0).select_related("member__organization")
    return list(marks.order_by("member__kana", "pk"))


def everything_said(room: TalkRoom, until: int) -> Iterator[list[Told]]:
    """The messages up to that number, in steps of equal size, each with the same few questions."""
    after = 0
    while messages := list(said(room).filter(number__gt=after, number__lte=until)[:AT_ONCE]):
        yield [told(message) for message in messages]
        after = messages[-1].number


def said(room: TalkRoom) -> QuerySet[Message]:
    confirmed = Acknowledgement.objects.select_related("member__organization", "ask")
    return (
        Message.objects.filter(room=room)
        .select_related("author__organization", "removed_by__organization", "ask")
        .prefetch_related(
            "versions",
            Prefetch("attachments", Attachment.objects.select_related("file").order_by("place")),
            Prefetch("ask__acknowledgements", confirmed),
        )
        .order_by("number")
    )


def told(message: Message) -> Told:
    if message.is_removed:
        return Told(message, [], [], [])
    confirmed = list(message.ask.acknowledgements.all()) if hasattr(message, "ask") else []
    return Told(message, list(message.versions.all()), list(message.attachments.all()), confirmed)


def notes_told(room: TalkRoom, until: datetime) -> list[Note]:
    """The notes of the room that were begun by then, put away or not, each with whatever it said until then and with its
    tasks. Whoever hands a room over is shown all of it (`access.can_disclose`)."""
    versions = NoteVersion.objects.filter(written_at__lte=until).select_related("written_by__organization")
    tasks = NoteTask.objects.filter(made_at__lte=until).select_related("owner", "done_by").order_by("number")
    notes = Note.objects.filter(room=room, begun_at__lte=until).order_by("number")
    return list(notes.prefetch_related(Prefetch("versions", versions.order_by("number")), Prefetch("tasks", tasks)))
