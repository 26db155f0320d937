"""The room list."""

from collections import Counter
from datetime import date
from enum import StrEnum
from uuid import UUID

from apps.environments.models import Member
from apps.environments.queries import holds
from apps.environments.remembered import Remembered
from apps.kernel.folding import fold
from apps.rooms.access import marks_of
from apps.rooms.models import MarkKind, RoomPin, TalkRoom
from apps.rooms.queries.rows import RoomRow, rows_for


class Show(StrEnum):
    """Which rooms a list holds."""

    OPEN = "open"
    UNREAD = "unread"
    TO_DO = "todo"
    CLIENTS = "clients"
    ORGANIZATIONS = "organizations"
    ARCHIVED = "archived"
    ALL = "all"


def shown_of(text: str) -> Show:
    """As an address says it; what is no such word shows what one works with."""
    return Show(text) if text in set(Show) else Show.OPEN


def room_rows(member: Member, show: Show = Show.OPEN, *, most: int | None = None) -> list[TalkRoom]:
    """The room list, each room with what stands beside it (`RoomRow`) and with how much one has `todo` there.

    Pinned rooms first, then unread ones, then the newest; rooms of clients by the client's reading. Archived rooms stand in
    a list of their own. Four questions, whatever the number of rooms.
    """
    todo = todo_by_room(member)
    rows = [row for row in rows_for(member) if is_shown(row, show, todo)]
    rooms = with_rows(rows[:most], todo)
    if show == Show.CLIENTS:
        return sorted((one for one in rooms if one.client is not None), key=by_client)
    return rooms


def room_row(member: Member, room: TalkRoom) -> TalkRoom:
    """One of them."""
    return with_rows(rows_for(member, only=room.pk), todo_by_room(member))[0]


def is_shown(row: RoomRow, show: Show, todo: dict[UUID, int]) -> bool:
    if show != Show.ALL and row.is_archived != (show == Show.ARCHIVED):
        return False
    if show == Show.TO_DO:
        return row.room_id in todo
    return show != Show.UNREAD or row.unread > 0


def by_client(room: TalkRoom) -> tuple[str, date, bool, str]:
    assert room.client is not None
    return (room.client.kana, room.client.born_on, room.unread == 0, room.title)  # type: ignore[attr-defined]


def with_rows(rows: list[RoomRow], todo: dict[UUID, int]) -> list[TalkRoom]:
    """The rooms themselves, in the order of the rows."""
    pairs = ("pair_first__organization", "pair_second__organization")
    found = TalkRoom.objects.prefetch_related("client", *pairs).in_bulk([row.room_id for row in rows])
    rooms: list[TalkRoom] = []
    for row in rows:
        room = found[row.room_id]
        told = {"mark": row.mark, "unread": row.unread, "people": row.people, "todo": todo.get(row.room_id, 0)}
        room.__dict__.update(told, is_drafted=row.is_drafted, is_pinned=row.is_pinned)
        rooms.append(room)
    return rooms


def rooms_found(member: Member, show: Show, typed: str) -> list[TalkRoom]:
    """Those whose title, client or other person is called so: by name or reading, whatever its width, kana or variant."""
    wanted = fold(typed).split()
    return [room for room in room_rows(member, show) if holds(wanted, *words_of(room))]


def words_of(room: TalkRoom) -> list[str]:
    words = [room.title]
    if room.client is not None:
        words += [room.client.name, room.client.kana]
    for one in (room.pair_first, room.pair_second):
        if one is not None:
            words += [one.name, one.kana]
    return words


def todo_by_room(member: Member) -> dict[UUID, int]:
    """Room → for how many of its messages this person has still to do something, however far they have read."""
    return Counter(room for _, room in TO_DO.rows(member))


TO_DO = Remembered(lambda member: marks_of(member).filter(kind=MarkKind.TO_DO, done_at=None), "message__room")


def is_pinned(member: Member, room: TalkRoom) -> bool:
    return RoomPin.objects.filter(member=member, room=room).exists()
