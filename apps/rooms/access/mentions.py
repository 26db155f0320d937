"""The messages that call a person, as far as they may still read them."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from apps.environments.models import Member
from apps.rooms.access.rooms import rooms_readable_by
from apps.rooms.models import Mentioned, Message, ReadMark, RoomMembership


def mentions_of(member: Member) -> QuerySet[Mentioned]:
    """Nothing of a room that has closed, nor from before what the present membership shows, nor what was removed."""
    return shown_to(member).filter(room__in=rooms_readable_by(member).values("pk"))


def shown_to(member: Member) -> QuerySet[Mentioned]:
    mine = RoomMembership.objects.open().filter(room=OuterRef("room"), member=member)
    message = Message.objects.filter(room=OuterRef("room"), number=OuterRef("number"), removed_at=None)
    own: Any = Mentioned.objects.filter(member=member).annotate(
        # From when on they are shown the room: what a message answers may be from before.
        shown_from=Subquery(mine.values("history_from")[:1]),
        posted_at=Subquery(message.values("posted_at")[:1]),
    )
    found: QuerySet[Mentioned] = own.filter(posted_at__isnull=False).filter(
        Q(shown_from=None) | Q(posted_at__gte=F("shown_from"))
    )
    return found


def rooms_that_call(member: Member) -> QuerySet[RoomMembership]:
    """One's memberships with how many messages beyond one's read mark call one (`calls`), where there are any.

    For a list of rooms that one reads: whether a room is still readable is not asked once more. From room to room by an
    index, however long one has been called. A room that only a legal exception opens is none of one's own.
    """
    mark = ReadMark.objects.filter(room=OuterRef("room"), member=member).values("number")
    unread = shown_to(member).filter(room=OuterRef("room"), number__gt=OuterRef("mark")).order_by().values("room")
    calls = Subquery(unread.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    mine: Any = RoomMembership.objects.open().filter(member=member)
    found: QuerySet[RoomMembership] = (
        mine.annotate(mark=Coalesce(Subquery(mark[:1]), Value(0))).annotate(calls=calls).filter(calls__gt=0)
    )
    return found
