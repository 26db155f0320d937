"""Page-shaped reads."""

from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from apps.clients.access import people_in_the_ordinary_way
from apps.environments.models import Member
from apps.rooms.access import messages_readable_by, people_who_can_read, rooms_readable_by
from apps.rooms.models import Message, ReadMark, RoomMembership, TalkRoom

PAGE = 50


def room_rows(member: Member) -> QuerySet[TalkRoom]:
    """The room list: `unread` messages of others after one's read mark; unread rooms first, then the newest."""
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
        .select_related("client")
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


def latest_messages(member: Member, room: TalkRoom, *, before: int | None = None) -> list[Message]:
    """The newest messages, or the page before a number, in reading order."""
    messages = with_authors(messages_readable_by(member, room))
    if before is not None:
        messages = messages.filter(number__lt=before)
    return list(reversed(messages.order_by("-number")[:PAGE]))


def messages_after(member: Member, room: TalkRoom, *, after: int) -> list[Message]:
    """What came after a number, at most a page: catch-up asks again until nothing is left."""
    return list(with_authors(messages_readable_by(member, room)).filter(number__gt=after).order_by("number")[:PAGE])


def with_authors(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.select_related("author", "author__organization")


def read_mark_of(member: Member, room: TalkRoom) -> int:
    mark = ReadMark.objects.filter(member=member, room=room).values_list("number", flat=True).first()
    return mark or 0


def has_older(member: Member, room: TalkRoom, messages: list[Message]) -> bool:
    """Whether there is a page before the first of these messages."""
    if not messages:
        return False
    return messages_readable_by(member, room).filter(number__lt=messages[0].number).exists()


def people_of(room: TalkRoom) -> QuerySet[Member]:
    """Who reads the room as one of its own, by organization and reading.

    Whoever reads it by a legal exception is not listed: nobody whom a report is about must learn of it here.
    """
    inside = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    people = people_who_can_read(room).filter(Exists(inside))
    if room.client is not None:
        people = people.filter(pk__in=people_in_the_ordinary_way(room.client).values("pk"))
    return people.select_related("organization").order_by("organization__name", "kana", "name")
