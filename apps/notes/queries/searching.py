"""Search in notes, beside the search in messages: what they are called and what they say now."""

from typing import Any

from django.db import connection

from apps.environments.models import Member
from apps.notes.access import with_newest
from apps.notes.models import Note
from apps.notes.wording import plain
from apps.rooms.queries import NoteFound, Seeking, excerpt, give_rooms, marked, names_in_lists

MOST = 20
# Words of one group stand for one another. Of a room that is shown from a moment on, only what was begun after it.
SEARCH = """
SELECT note_id FROM unnest(%s::uuid[], %s::timestamptz[]) AS heard (room, shown_from)
JOIN notes_notetext ON room_id = room
WHERE (shown_from IS NULL OR begun_at >= shown_from)
    AND (%s::uuid IS NULL OR written_by_id = %s::uuid)
    AND (%s::timestamptz IS NULL OR written_at >= %s::timestamptz)
    AND (%s::timestamptz IS NULL OR written_at < %s::timestamptz)
    AND NOT EXISTS (
        SELECT FROM unnest(%s::text[], %s::int[]) AS asked (word, nth)
        GROUP BY nth HAVING NOT bool_or(strpos(folded, kernel_fold(word)) > 0)
    )
ORDER BY written_at DESC, note_id DESC LIMIT %s
"""


def notes_found(member: Member, seeking: Seeking) -> list[NoteFound]:
    """The notes of these rooms, begun after the moment from which each is shown, that say all the words in their title and
    their present text: those that were written last, at most twenty, and one more where there are more.

    Earlier versions are never found. However many rooms and notes there are, it asks as many questions.
    """
    found = with_newest(Note.objects.filter(pk__in=ids_of(seeking)))
    notes = sorted(found, key=lambda one: (one.newest.written_at, one.pk), reverse=True)
    give_rooms(notes)
    names = names_in_lists(member, notes)
    # Who wrote it is not told by looking for them either.
    return [
        NoteFound(
            room=note.room,
            number=note.number,
            title=marked(note.newest.title, seeking.words),
            excerpt=excerpt(plain(note.newest.body), seeking.words),
            author=note.newest.written_by,
            names=names(note),
            written_at=note.newest.written_at,
            is_archived=note.is_archived,
        )
        for note in notes
        if seeking.author is None or names(note).include(note.newest.written_by_id)
    ]


def ids_of(seeking: Seeking) -> list[int]:
    words = [(word, nth) for nth, group in enumerate(seeking.alternatives) for word in group]
    told: list[Any] = [
        [room.room_id for room in seeking.rooms],
        [room.shown_from for room in seeking.rooms],
        *[seeking.author] * 2,
        *[seeking.begins] * 2,
        *[seeking.ends] * 2,
        [word for word, _ in words],
        [nth for _, nth in words],
        MOST + 1,
    ]
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, told)
        return [key for (key,) in cursor.fetchall()]
