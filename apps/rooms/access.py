"""Who may read and write in a room, decided here for the list, the page, the API, the socket and the hub alike.

A member reads a room while their own membership of it is open and, in a client's room, while they may see the client.
Who has opened a client by a legal exception reads the client's rooms without membership, and writes nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.clients.access import (
    can_write_about,
    clients_visible_to,
    exceptions_open_to,
    next_change,
    people_in_the_ordinary_way,
    people_who_can_see,
    told_of_look,
)
from apps.clients.models import Client, LegalException
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.models import Message, RoomKind, RoomMembership, TalkRoom
from apps.rooms.refusals import ReadersOnly


def rooms_readable_by(member: Member) -> QuerySet[TalkRoom]:
    """The rooms this member may read now."""
    memberships = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member)
    clients = clients_visible_to(member).filter(pk=OuterRef("client_id"))
    excepted = exceptions_open_to(member).filter(client=OuterRef("client_id"))
    return TalkRoom.objects.filter(Q(Exists(memberships)) & (Q(client=None) | Q(Exists(clients))) | Q(Exists(excepted)))


def room_for(member: Member, room_id: UUID) -> TalkRoom:
    """The only way to get a room by id. Hidden and missing answer alike."""
    found = None
    if member.is_current:
        found = rooms_readable_by(member).select_related("client").filter(pk=room_id).first()
    if found is None:
        raise NotHere(subject=room_id)
    if found.client is not None:
        told_of_look(member, found.client)
    return found


def messages_readable_by(member: Member, room: TalkRoom) -> QuerySet[Message]:
    """The messages of a room this member may read: nothing from before the time their membership shows."""
    messages = room.messages.all()
    if exceptions_open_to(member).filter(client=room.client_id).exists():
        return messages
    membership = RoomMembership.objects.open().filter(room=room, member=member).first()
    if membership is None:
        return Message.objects.none()
    if membership.history_from is not None:
        messages = messages.filter(posted_at__gte=membership.history_from)
    return messages


def rooms_heard_by(member: Member) -> QuerySet[TalkRoom]:
    """The rooms whose new messages this member may read: not those that show nothing before a day to come."""
    not_yet = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member, history_from__gt=timezone.now())
    return rooms_readable_by(member).exclude(Exists(not_yet))


def shown_from_when(member: Member, rooms: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """For each of the rooms this member is in, the moment before which nothing is shown to them.

    A legal exception shows the rooms of its client from their beginning, whether one is in them or not.
    """
    mine = RoomMembership.objects.open().filter(member=member, room__in=list(rooms))
    excepted = TalkRoom.objects.filter(pk__in=list(rooms), client__in=exceptions_open_to(member).values("client"))
    return dict(mine.values_list("room", "history_from")) | dict.fromkeys(excepted.values_list("pk", flat=True))


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
    rooms = rooms_readable_by(member).values("pk")
    return RoomMembership.objects.open().filter(room__in=rooms).values_list("member", flat=True).distinct()


def people_met_by(member: Member) -> QuerySet[RoomMembership, UUID]:
    """The members who have been in a room together with this one, which this one reads now.

    Whoever left before this member came was never met: of them a guest sees what they wrote, and no name.
    """
    now = timezone.now()
    begun = RoomMembership.objects.filter(valid_from__lte=now)
    met = begun.filter(room=OuterRef("room"), member=member, valid_from__lt=Coalesce(OuterRef("valid_to"), now)).filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_from"))
    )
    rooms = rooms_readable_by(member).values("pk")
    return begun.filter(Exists(met), room__in=rooms).values_list("member", flat=True).distinct()


def can_post(member: Member, room: TalkRoom) -> bool:
    """Everybody who reads a room writes in it, except where few write and all read, and by a legal exception."""
    if not rooms_readable_by(member).filter(pk=room.pk).exists() or reads_by_exception(member, room):
        return False
    return room.kind != RoomKind.ANNOUNCEMENT or room.opened_by_id == member.pk


def check_can_post(member: Member, room: TalkRoom) -> None:
    # The door is asked again: between reading the room and writing into it, access may have ended.
    room = room_for(member, room.pk)
    if reads_by_exception(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)
    if room.kind == RoomKind.ANNOUNCEMENT and room.opened_by_id != member.pk:
        raise ReadersOnly(subject=room, client_id=room.client_id)


def reads_by_exception(member: Member, room: TalkRoom) -> bool:
    """Whether a legal exception alone opens this room: no membership, or a client not seen in another way."""
    if room.client_id is None or not exceptions_open_to(member).filter(client=room.client_id).exists():
        return False
    is_inside = RoomMembership.objects.open().filter(room=room, member=member).exists()
    return not is_inside or not can_write_about(member, Client(pk=room.client_id))


def can_admit(member: Member, room: TalkRoom) -> bool:
    """Members of the room admit others; guests do not, nor does who reads it by a legal exception."""
    reads = rooms_readable_by(member).filter(pk=room.pk).exists()
    return reads and not member.is_guest and not reads_by_exception(member, room)


def check_can_admit(member: Member, room: TalkRoom) -> None:
    room = room_for(member, room.pk)
    if not can_admit(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)


def people_who_could_join(room: TalkRoom) -> QuerySet[Member]:
    """Members who may be admitted: in a client's room only those who may see the client."""
    people = Member.objects.current().filter(user__is_active=True).select_related("organization")
    if room.client is not None:
        people = people.filter(pk__in=people_in_the_ordinary_way(room.client).values("pk"))
    present = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    return people.exclude(Exists(present))


def rooms_of_client(member: Member, client: Client) -> QuerySet[TalkRoom]:
    return rooms_readable_by(member).filter(client=client).order_by(F("last_posted_at").desc(nulls_last=True))


def rooms_left_alone_by(member: Member) -> QuerySet[TalkRoom]:
    """The rooms in which nobody else of the member's organization is left when they go. A talk of two is nobody else's."""
    own = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member)
    colleagues = Member.objects.current().filter(organization=member.organization_id).exclude(pk=member.pk)
    theirs = RoomMembership.objects.open().filter(room=OuterRef("pk"), member__in=colleagues)
    return TalkRoom.objects.exclude(kind=RoomKind.PAIR).filter(Exists(own)).exclude(Exists(theirs))


def rooms_taken_over(member: Member, successor: Member) -> QuerySet[TalkRoom]:
    """Of these, the rooms that a successor may be admitted to: of a client only where they may see the client."""
    clients = clients_visible_to(successor).filter(pk=OuterRef("client_id"))
    return rooms_left_alone_by(member).filter(Q(client=None) | Exists(clients))


def changes_by_itself_at(member: Member) -> datetime | None:
    """The next moment at which what this member may read changes without anybody doing anything."""
    now = timezone.now()
    rooms = TalkRoom.objects.filter(memberships__in=RoomMembership.objects.filter(member=member))
    mine = RoomMembership.objects.filter(member=member)
    excepted = exceptions_open_to(member).values("client")
    # A client's page may be open without any room.
    seen = clients_visible_to(member)
    moments = [
        mine.filter(valid_to__gt=now).order_by("valid_to").values_list("valid_to", flat=True).first(),
        mine.filter(history_from__gt=now).order_by("history_from").values_list("history_from", flat=True).first(),
        mine.filter(valid_from__gt=now).order_by("valid_from").values_list("valid_from", flat=True).first(),
        next_change(
            Client.objects.filter(
                Q(pk__in=rooms.values("client_id")) | Q(pk__in=excepted) | Q(pk__in=seen.values("pk"))
            ),
            now,
        ),
        member.valid_to if member.valid_to and member.valid_to > now else None,
    ]
    return min((moment for moment in moments if moment is not None), default=None)
