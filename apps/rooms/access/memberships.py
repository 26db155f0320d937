"""Who is in a room, who may let others in, and whom a guest has met there."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.clients.access import (
    names_beside,
    people_in_the_ordinary_way,
    people_who_can_see,
)
from apps.clients.models import LegalException
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed
from apps.rooms.access.rooms import reads_by_exception, room_for, rooms_readable_by
from apps.rooms.models import RoomMembership, TalkRoom


def people_who_can_read(room: TalkRoom) -> QuerySet[Member]:
    """The reverse question, from the same rule: the members who may read this room now."""
    memberships = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    people = Member.objects.current().filter(user__is_active=True)
    if room.client is None:
        return people.filter(Exists(memberships))
    excepted = LegalException.objects.open().filter(client=room.client).values("member")
    inside = Q(Exists(memberships), pk__in=people_who_can_see(room.client).values("pk"))
    return people.filter(inside | Q(pk__in=excepted))


def people_sharing_a_room_with(member: Member) -> QuerySet[RoomMembership, UUID]:
    """The members who are now in a room that this member reads: all that a guest lists."""
    rooms = rooms_with_names(member).values("pk")
    return RoomMembership.objects.open().filter(room__in=rooms).values_list("member", flat=True).distinct()


def rooms_with_names(guest: Member) -> QuerySet[TalkRoom]:
    """The rooms by which a guest knows people: those of a protected client tell nobody's name, and a guest is never let in
    to its places."""
    return rooms_readable_by(guest).exclude(client__is_protected=True)


def people_met_by(member: Member) -> QuerySet[RoomMembership, UUID]:
    """The members who have been in a room together with this one, which this one reads now.

    Whoever left before this member came was never met: of them a guest sees what they wrote, and no name.
    """
    now = timezone.now()
    begun = RoomMembership.objects.filter(valid_from__lte=now)
    met = begun.filter(room=OuterRef("room"), member=member, valid_from__lt=Coalesce(OuterRef("valid_to"), now)).filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_from"))
    )
    rooms = rooms_with_names(member).values("pk")
    return begun.filter(Exists(met), room__in=rooms).values_list("member", flat=True).distinct()


def can_admit(member: Member, room: TalkRoom) -> bool:
    """Members of the room admit others; guests do not, nor does who reads it by a legal exception."""
    reads = rooms_readable_by(member).filter(pk=room.pk).exists()
    return reads and not member.is_guest and not reads_by_exception(member, room)


def check_can_admit(member: Member, room: TalkRoom) -> None:
    room = room_for(member, room.pk)
    if not can_admit(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)


def people_who_could_join(room: TalkRoom, *, reader: Member) -> QuerySet[Member]:
    """Members who may be admitted: in a client's room only those who may see the client, and whom the reader may know."""
    people = Member.objects.current().filter(user__is_active=True).select_related("organization")
    if room.client is not None:
        people = people.filter(pk__in=people_in_the_ordinary_way(room.client).values("pk"))
    names = names_beside(reader, room.client)
    people = people if names.known is None else people.filter(pk__in=names.known)
    present = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    return people.exclude(Exists(present))
