"""Who is in a room, who may let others in, and whom a guest has met there."""

from collections.abc import Iterable
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
from apps.environments.access import members_visible_to
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.access.rooms import reads_by_exception, room_for, rooms_readable_by
from apps.rooms.models import RoomKind, RoomMembership, RoomRole, TalkRoom
from apps.rooms.refusals import TwoPeopleOnly


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
    """The members who are now in a room that this member reads: all that a guest lists.

    Who only reads announcements is met by nobody: they write nothing there, and there may be hundreds.
    """
    rooms = rooms_with_names(member).values("pk")
    present = RoomMembership.objects.open().filter(room__in=rooms).exclude(role=RoomRole.READER)
    return present.values_list("member", flat=True).distinct()


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
    written = begun.filter(Exists(met), room__in=rooms).exclude(role=RoomRole.READER)
    return written.values_list("member", flat=True).distinct()


def membership_of(member: Member, room: TalkRoom) -> RoomMembership | None:
    """The member's own present time in the room."""
    found: RoomMembership | None = RoomMembership.objects.open().filter(room=room, member=member).first()
    return found


def can_administer_room(member: Member, room: TalkRoom) -> bool:
    """Admit and remove people, change what the room is called.

    In a client's room everybody of it who works here does, for the care team decides who may come; in a theme room and
    in announcements its owners do; in a talk of two nobody does. Guests do not, nor who reads by a legal exception.
    """
    if member.is_guest or room.kind == RoomKind.PAIR:
        return False
    if not rooms_readable_by(member).filter(pk=room.pk).exists() or reads_by_exception(member, room):
        return False
    own = membership_of(member, room)
    return room.client_id is not None or (own is not None and own.role == RoomRole.OWNER)


def can_archive(member: Member, room: TalkRoom) -> bool:
    """Who administers a room archives and reopens it; a talk of two, either of the two."""
    if room.kind == RoomKind.PAIR:
        return membership_of(member, room) is not None
    return can_administer_room(member, room)


def check_can_archive(member: Member, room: TalkRoom) -> None:
    room = room_for(member, room.pk)
    if not can_archive(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)


def check_can_administer_room(member: Member, room: TalkRoom) -> None:
    room = room_for(member, room.pk)
    if room.kind == RoomKind.PAIR:
        raise TwoPeopleOnly(subject=room)
    if not can_administer_room(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)


def roles_in(room: TalkRoom) -> list[RoomRole]:
    """The roles there are in a room; where there is one, nobody chooses."""
    if room.kind == RoomKind.ANNOUNCEMENT:
        return [RoomRole.READER, RoomRole.WRITER, RoomRole.OWNER]
    if room.kind == RoomKind.GROUP:
        return [RoomRole.WRITER, RoomRole.OWNER]
    return [RoomRole.WRITER]


def usual_role(room: TalkRoom) -> RoomRole:
    """As what somebody comes in, unless it is said."""
    return roles_in(room)[0]


def people_to_talk_with(member: Member) -> QuerySet[Member]:
    """Whom this member may choose for a new room: everybody here; for a guest those with whom they share one now."""
    people = members_visible_to(member).current().filter(user__is_active=True)
    return people.exclude(pk=member.pk).exclude(user=member.user_id)


def people_chosen(member: Member, ids: Iterable[UUID]) -> list[Member]:
    """The people behind ids that a browser or a program sent, in a fixed order. One who may not be chosen is not here."""
    wanted = set(ids)
    found = list(people_to_talk_with(member).filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NotHere(subject="people")
    return found


def people_who_could_join(room: TalkRoom, *, reader: Member) -> QuerySet[Member]:
    """Members who may be admitted: in a client's room only those who may see the client, and whom the reader may know."""
    people = people_to_talk_with(reader)
    if room.client is not None:
        people = people.filter(pk__in=people_in_the_ordinary_way(room.client).values("pk"))
    names = names_beside(reader, room.client)
    people = people if names.known is None else people.filter(pk__in=names.known)
    present = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    return people.exclude(Exists(present))
