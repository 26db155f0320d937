"""The people of a room."""

from django.db.models import Exists, OuterRef, QuerySet

from apps.clients.access import people_in_the_ordinary_way
from apps.environments.models import Member
from apps.rooms.access import people_who_can_read
from apps.rooms.models import RoomMembership, TalkRoom


def people_of(room: TalkRoom) -> QuerySet[Member]:
    """Who reads the room as one of its own, by organization and reading.

    Whoever reads it by a legal exception is not listed: nobody whom a report is about must learn of it here.
    """
    inside = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    people = people_who_can_read(room).filter(Exists(inside))
    if room.client is not None:
        people = people.filter(pk__in=people_in_the_ordinary_way(room.client).values("pk"))
    return people.select_related("organization").order_by("organization__name", "kana", "name")
