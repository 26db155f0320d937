"""The room list and its badge."""

from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from apps.environments.models import Member
from apps.rooms.access import rooms_readable_by
from apps.rooms.models import Message, ReadMark, RoomMembership, TalkRoom


class Show(StrEnum):
    """Which rooms a list holds."""

    OPEN = "open"
    UNREAD = "unread"
    ARCHIVED = "archived"
    ALL = "all"


def shown_of(text: str) -> Show:
    """As an address says it; what is no such word shows what one works with."""
    return Show(text) if text in set(Show) else Show.OPEN


def room_rows(member: Member, show: Show = Show.OPEN) -> QuerySet[TalkRoom]:
    """The room list: `unread` messages of others after one's read mark; unread rooms first, then the newest.

    Archived rooms stand in a list of their own.
    """
    rows = rows_of(member)
    if show == Show.ALL:
        return rows
    rows = rows.filter(archived_at__isnull=show != Show.ARCHIVED)
    return rows.filter(unread__gt=0) if show == Show.UNREAD else rows  # type: ignore[misc]


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
    )
    return rows.annotate(is_unread=Case(When(unread__gt=0, then=1), default=0)).order_by(
        "-is_unread", F("last_posted_at").desc(nulls_last=True), "-opened_at"
    )


def people_count() -> Subquery:
    open_now = RoomMembership.objects.open().filter(room=OuterRef("pk")).order_by().values("room")
    return Subquery(open_now.annotate(count=Count("pk")).values("count"), output_field=IntegerField())


def unread_rooms_count(member: Member) -> int:
    """What the badge of the talk destination shows: rooms with something unread."""
    return room_rows(member).filter(unread__gt=0).count()  # type: ignore[misc]
