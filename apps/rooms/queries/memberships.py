"""The people of a room."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from apps.clients.access import names_beside, people_in_the_ordinary_way
from apps.environments.models import Member
from apps.environments.names import PersonShown
from apps.kernel.refusals import NotHere
from apps.rooms.access import people_who_can_read
from apps.rooms.models import AskedOf, RoomKind, RoomMembership, TalkRoom


def people_of(room: TalkRoom) -> QuerySet[Member]:
    """Who reads the room as one of its own, by organization and reading.

    Whoever reads it by a legal exception is not listed: nobody whom a report is about must learn of it here.
    """
    inside = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    people = people_who_can_read(room).filter(Exists(inside))
    if room.client is not None:
        people = people.filter(pk__in=people_in_the_ordinary_way(room.client).values("pk"))
    return people.select_related("organization").order_by("organization__name", "kana", "name")


def usually_asked(author: Member, people: Iterable[Member]) -> str:
    """Whose confirmation is asked for with a tick, in a room of these people: one person of each other organization, as by
    fax; where all are of one, everybody; nobody's where there is nobody else."""
    others = [one for one in people if one.pk != author.pk]
    if any(one.organization_id != author.organization_id for one in others):
        return AskedOf.ORGANIZATIONS.value
    return AskedOf.EVERYBODY.value if others else ""


@dataclass(frozen=True)
class PersonHere:
    """Somebody in a room, with their time in it, and as the reader may be shown them."""

    member: Member
    membership: RoomMembership
    shown: PersonShown


def times_in(room: TalkRoom) -> QuerySet[RoomMembership]:
    times: QuerySet[RoomMembership] = RoomMembership.objects.open().filter(room=room)
    return times.select_related("member__organization")


def people_rows(reader: Member, room: TalkRoom) -> list[PersonHere]:
    """Who is in a room, as what and since when. Of announcements a guest is told only of those whom they may know."""
    names = names_beside(reader, room.client)
    times = {one.member_id: one for one in times_in(room)}
    people = [one for one in people_of(room) if one.pk in times]
    if room.kind == RoomKind.ANNOUNCEMENT:
        people = [one for one in people if names.include(one.pk)]
    return [PersonHere(member=one, membership=times[one.pk], shown=names.of(one)) for one in people]


def person_in(reader: Member, room: TalkRoom, member_id: UUID) -> PersonHere:
    """One of them; who is not in the room is not here."""
    for person in people_rows(reader, room):
        if person.member.pk == member_id:
            return person
    raise NotHere(subject=member_id)
