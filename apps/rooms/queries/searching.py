"""Search in what was said: the newest first, only what this person may read at this moment, with a marked excerpt."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from apps.clients.models import Client
from apps.environments.models import Member
from apps.environments.names import Names
from apps.kernel.folding import fold
from apps.rooms.access import Heard, rooms_heard_by
from apps.rooms.models import Message, TalkRoom
from apps.rooms.queries.excerpts import Part, excerpt, marked
from apps.rooms.queries.lists import names_in_lists
from apps.rooms.queries.messages import whole, with_authors
from apps.rooms.queries.readings import readings_of

PAGE = 20
# Words beyond these say nothing that the first ones have not said.
MOST_WORDS = 8
SEARCH = (
    "SELECT * FROM rooms_search(%s::uuid[], %s::uuid[], %s::timestamptz[], %s::text[], %s::int[], %s, %s, %s, %s, %s)"
)
# Higher than any message: the newest are asked for.
NEWEST = 2**63 - 1


@dataclass(frozen=True)
class Sought:
    """What is looked for: all the words of `typed`, in any order; days are local ones, both included."""

    typed: str
    room: UUID | None = None
    client: UUID | None = None
    author: UUID | None = None
    since: date | None = None
    until: date | None = None
    # The place where the page before ended: the key of its last message.
    before: int | None = None

    @property
    def words(self) -> list[str]:
        return fold(self.typed).split()[:MOST_WORDS]


@dataclass(frozen=True)
class Hit:
    """A message that says the words, the names that may be told beside it, from when on its reader is shown its room, and
    where it says them."""

    message: Message
    names: Names
    since: datetime | None
    excerpt: list[Part]
    # Names of its files that say them.
    files: list[list[Part]] = field(default_factory=list)


@dataclass(frozen=True)
class Seeking:
    """A search as the database is asked: in which rooms and from when on each is shown, which words and what stands for
    them, by whom and when."""

    rooms: list[Heard]
    alternatives: list[list[str]]
    author: UUID | None
    # From the first of these moments on, and before the second.
    begins: datetime | None
    ends: datetime | None

    @property
    def words(self) -> list[str]:
        return [one for words in self.alternatives for one in words]


@dataclass(frozen=True)
class NoteFound:
    """A note that says the words: where it stands, what it is called, and who wrote last what it says now."""

    room: TalkRoom
    number: int
    title: list[Part]
    excerpt: list[Part]
    author: Member
    names: Names
    written_at: datetime
    is_archived: bool


@dataclass
class Beside:
    """What is found beside messages; notes stand a floor above, and `carenet/wiring.py` says here how they are asked."""

    notes: Callable[[Member, Seeking], list[NoteFound]]


def nothing(_member: Member, _seeking: Seeking) -> list[NoteFound]:
    return []


beside_talk = Beside(notes=nothing)


@dataclass(frozen=True)
class FoundMessages:
    """A page of hits; `before` asks for the next one, and is None where this was the last.

    `is_behind`: so much was written a moment ago that not all of it could be looked at yet.
    """

    hits: list[Hit]
    before: int | None
    is_behind: bool
    # Other words that were looked for because they are read like a typed one: 鈴木 for すずき.
    also: list[str] = field(default_factory=list)
    # Of the first page: notes that say the words, the last written first; and whether there are more of them.
    notes: list[NoteFound] = field(default_factory=list)
    has_more_notes: bool = False

    @property
    def rooms(self) -> list[str]:
        return sorted({str(room.pk) for room in self.shown_rooms})

    @property
    def shown_rooms(self) -> list[TalkRoom]:
        return [*(one.message.room for one in self.hits), *(one.room for one in self.notes)]

    @property
    def clients(self) -> list[Client]:
        """Whose rooms have hits, each once."""
        about = (room.client for room in self.shown_rooms)
        return list({client.pk: client for client in about if client is not None}.values())


def messages_found(member: Member, sought: Sought) -> FoundMessages:
    """What of the rooms this member reads now, and from the time their membership shows, says all the words.

    Whatever the number of rooms and hits, it asks as many questions. Removed texts and earlier versions are never found.
    """
    rooms = rooms_sought(member, sought)
    if not rooms or not sought.words:
        return FoundMessages(hits=[], before=None, is_behind=False)
    read_alike = readings_of(member, [room.room_id for room in rooms], sought.words)
    alternatives = [[word, *read_alike.get(word, [])] for word in sought.words]
    ids, is_behind = searched(rooms, alternatives, sought)
    hits = shown(member, rooms, ids[:PAGE], [one for words in alternatives for one in words], sought)
    also = list(dict.fromkeys(one for words in alternatives for one in words[1:]))
    seeking = Seeking(rooms, alternatives, sought.author, begins(sought.since), ends(sought.until))
    notes = beside_talk.notes(member, seeking) if sought.before is None else []
    return FoundMessages(
        hits, ids[PAGE - 1] if len(ids) > PAGE else None, is_behind, also, notes[:PAGE], len(notes) > PAGE
    )


def rooms_sought(member: Member, sought: Sought) -> list[Heard]:
    rooms = rooms_heard_by(member) if member.is_current else []
    if sought.client is not None:
        about = set(TalkRoom.objects.filter(client=sought.client).values_list("pk", flat=True))
        rooms = [room for room in rooms if room.room_id in about]
    return [room for room in rooms if sought.room is None or room.room_id == sought.room]


def searched(rooms: list[Heard], alternatives: list[list[str]], sought: Sought) -> tuple[list[int], bool]:
    """The keys of the newest messages, one more than a page, and whether new ones were left out."""
    limited = [room for room in rooms if room.shown_from is not None]
    words = [(word, nth) for nth, group in enumerate(alternatives) for word in group]
    told: list[Any] = [
        [room.room_id for room in rooms],
        [room.room_id for room in limited],
        [room.shown_from for room in limited],
        [word for word, _ in words],
        [nth for _, nth in words],
        sought.author,
        begins(sought.since),
        ends(sought.until),
        sought.before or NEWEST,
        PAGE + 1,
    ]
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, told)
        found = [key for (key,) in cursor.fetchall()]
    return [key for key in found if key is not None], None in found


def begins(day: date | None) -> datetime | None:
    return None if day is None else timezone.make_aware(datetime.combine(day, time.min))


def ends(day: date | None) -> datetime | None:
    return begins(day + timedelta(days=1)) if day is not None and day < date.max else None


def shown(member: Member, rooms: list[Heard], ids: list[int], words: list[str], sought: Sought) -> list[Hit]:
    """The messages themselves, as far as the rule of a moment ago shows them: what was removed since is left out."""
    from_when = {room.room_id: room.shown_from for room in rooms}
    messages = with_authors(Message.objects.filter(pk__in=ids, removed_at=None, room__in=from_when))
    found = whole(one for one in messages.order_by("-pk") if is_shown(one, from_when[one.room_id]))
    give_rooms(found)
    names = names_in_lists(member, found)
    hits = [hit(one, names(one), from_when[one.room_id], words) for one in found]
    # Who wrote it is not told by looking for them either.
    return [one for one in hits if sought.author is None or one.names.include(one.message.author_id)]


def give_rooms(found: Iterable[Any]) -> None:
    """To messages or notes: each room once, with whom it is about."""
    found = list(found)
    rooms = TalkRoom.objects.select_related("client", "pair_first", "pair_second")
    known = rooms.in_bulk({one.room_id for one in found})
    for one in found:
        one.room = known[one.room_id]


def is_shown(message: Message, shown_from: datetime | None) -> bool:
    return shown_from is None or message.posted_at >= shown_from


def hit(message: Message, names: Names, since: datetime | None, words: list[str]) -> Hit:
    file_names = [marked(one.file.name, words) for one in message.files]  # type: ignore[attr-defined]
    return Hit(
        message=message,
        names=names,
        since=since,
        excerpt=excerpt(message.body, words),
        files=[parts for parts in file_names if any(part.is_hit for part in parts)],
    )
