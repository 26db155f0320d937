"""The room list and its badge."""

from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from apps.environments.models import Member
from apps.environments.queries import holds
from apps.kernel.folding import fold
from apps.rooms.access import rooms_readable_by
from apps.rooms.models import Message, ReadMark, RoomMembership, RoomPin, TalkRoom


class Show(StrEnum):
    """Which rooms a list holds."""

    OPEN = "open"
    UNREAD = "unread"
    CLIENTS = "clients"
    ARCHIVED = "archived"
    ALL = "all"


def shown_of(text: str) -> Show:
    """As an address says it; what is no such word shows what one works with."""
    return Show(text) if text in set(Show) else Show.OPEN


def room_rows(member: Member, show: Show = Show.OPEN) -> QuerySet[TalkRoom]:
    """The room list: `unread` messages of others after one's read mark. Pinned rooms first, then unread ones, then the
    newest; rooms of clients by the client's reading.

    Archived rooms stand in a list of their own.
    """
    rows = rows_of(member)
    if show == Show.ALL:
        return rows
    rows = rows.filter(archived_at__isnull=show != Show.ARCHIVED)
    if show == Show.CLIENTS:
        return rows.exclude(client=None).order_by(  # type: ignore[misc]
            "client__kana", "client__born_on", "-is_unread", "title"
        )
    return rows.filter(unread__gt=0) if show == Show.UNREAD else rows  # type: ignore[misc]


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


def rows_of(member: Member) -> QuerySet[TalkRoom]:
    mark = ReadMark.objects.filter(room=OuterRef("pk"), member=member).values("number")
    shown_from = RoomMembership.objects.open().filter(room=OuterRef("room_id"), member=member).values("history_from")
    unread = (
        Message.objects.filter(room=OuterRef("pk"), number__gt=OuterRef("mark"))
        .exclude(author=member)
        .annotate(shown_from=Subquery(shown_from[:1]))
        .filter(Q(shown_from=None) | Q(posted_at__gte=F("shown_from")))
        .order_by()
        .values("room")
        .annotate(count=Count("pk"))
        .values("count")
    )
    counted = Subquery(unread, output_field=IntegerField())
    # A room that only a legal exception opens is none of one's own: nothing in it waits to be read.
    mine = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member)
    rows: Any = (
        rooms_readable_by(member)
        .select_related("client", "pair_first__organization", "pair_second__organization")
        .annotate(mark=Coalesce(Subquery(mark[:1]), Value(0)))
        .annotate(unread=Case(When(Exists(mine), then=Coalesce(counted, Value(0))), default=0))
        .annotate(people=people_count())
        .annotate(is_pinned=Exists(RoomPin.objects.filter(room=OuterRef("pk"), member=member)))
    )
    return rows.annotate(is_unread=Case(When(unread__gt=0, then=1), default=0)).order_by(
        "-is_pinned", "-is_unread", F("last_posted_at").desc(nulls_last=True), "-opened_at"
    )


def people_count() -> Subquery:
    open_now = RoomMembership.objects.open().filter(room=OuterRef("pk")).order_by().values("room")
    return Subquery(open_now.annotate(count=Count("pk")).values("count"), output_field=IntegerField())


def unread_rooms_count(member: Member) -> int:
    """What the badge of the talk destination shows: rooms with something unread."""
    return room_rows(member).filter(unread__gt=0).count()  # type: ignore[misc]


def is_pinned(member: Member, room: TalkRoom) -> bool:
    return RoomPin.objects.filter(member=member, room=room).exists()
