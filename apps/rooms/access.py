"""Who may read and write in a room, decided here for the list, the page, the API, the socket and the hub alike.

A member reads a room while their own membership of it is open and, in a client's room, while they may see the client.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.clients.access import clients_visible_to, next_change, people_who_can_see
from apps.clients.models import Client
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.models import Message, RoomKind, RoomMembership, TalkRoom
from apps.rooms.refusals import ReadersOnly


def rooms_readable_by(member: Member) -> QuerySet[TalkRoom]:
    """The rooms this member may read now."""
    memberships = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member)
    clients = clients_visible_to(member).filter(pk=OuterRef("client_id"))
    return TalkRoom.objects.filter(Exists(memberships)).filter(Q(client=None) | Exists(clients))


def room_for(member: Member, room_id: UUID) -> TalkRoom:
    """The only way to get a room by id. Hidden and missing answer alike."""
    found = None
    if member.is_current:
        found = rooms_readable_by(member).select_related("client").filter(pk=room_id).first()
    if found is None:
        raise NotHere(subject=room_id)
    return found


def messages_readable_by(member: Member, room: TalkRoom) -> QuerySet[Message]:
    """The messages of a room this member may read: nothing from before the time their membership shows."""
    membership = RoomMembership.objects.open().filter(room=room, member=member).first()
    if membership is None:
        return Message.objects.none()
    messages = room.messages.all()
    if membership.history_from is not None:
        messages = messages.filter(posted_at__gte=membership.history_from)
    return messages


def rooms_heard_by(member: Member) -> QuerySet[TalkRoom]:
    """The rooms whose new messages this member may read: not those that show nothing before a day to come."""
    not_yet = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member, history_from__gt=timezone.now())
    return rooms_readable_by(member).exclude(Exists(not_yet))


def shown_from_when(member: Member, rooms: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """For each of the rooms this member is in, the moment before which nothing is shown to them."""
    mine = RoomMembership.objects.open().filter(member=member, room__in=list(rooms))
    return dict(mine.values_list("room", "history_from"))


def people_who_can_read(room: TalkRoom) -> QuerySet[Member]:
    """The reverse question, from the same rule: the members who may read this room now."""
    memberships = RoomMembership.objects.open().filter(room=room, member=OuterRef("pk"))
    people = Member.objects.current().filter(Exists(memberships), user__is_active=True)
    if room.client is not None:
        people = people.filter(pk__in=people_who_can_see(room.client).values("pk"))
    return people


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
    """Everybody who reads a room writes in it, except where few write and all read."""
    if not rooms_readable_by(member).filter(pk=room.pk).exists():
        return False
    return room.kind != RoomKind.ANNOUNCEMENT or room.opened_by_id == member.pk


def check_can_post(member: Member, room: TalkRoom) -> None:
    # The door is asked again: between reading the room and writing into it, access may have ended.
    room = room_for(member, room.pk)
    if room.kind == RoomKind.ANNOUNCEMENT and room.opened_by_id != member.pk:
        raise ReadersOnly(subject=room, client_id=room.client_id)


def can_admit(member: Member, room: TalkRoom) -> bool:
    """Members of the room admit others; guests do not."""
    return not member.is_guest and rooms_readable_by(member).filter(pk=room.pk).exists()


def check_can_admit(member: Member, room: TalkRoom) -> None:
    room = room_for(member, room.pk)
    if not can_admit(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)


def people_who_could_join(room: TalkRoom) -> QuerySet[Member]:
    """Members who may be admitted: in a client's room only those who may see the client."""
    people = Member.objects.current().filter(user__is_active=True).select_related("organization")
    if room.client is not None:
        people = people.filter(pk__in=people_who_can_see(room.client).values("pk"))
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
    moments = [
        mine.filter(valid_to__gt=now).order_by("valid_to").values_list("valid_to", flat=True).first(),
        mine.filter(history_from__gt=now).order_by("history_from").values_list("history_from", flat=True).first(),
        mine.filter(valid_from__gt=now).order_by("valid_from").values_list("valid_from", flat=True).first(),
        next_change(Client.objects.filter(pk__in=rooms.values("client_id")), now),
        member.valid_to if member.valid_to and member.valid_to > now else None,
    ]
    return min((moment for moment in moments if moment is not None), default=None)
