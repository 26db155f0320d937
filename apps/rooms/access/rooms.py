"""The doors of rooms: which a member may read now, and the only way to get one."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.clients.access import (
    can_write_about,
    clients_visible_to,
    exceptions_open_to,
    told_of_look,
)
from apps.clients.models import Client
from apps.environments.models import Member
from apps.environments.remembered import Remembered
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.models import RoomMembership, TalkRoom


def rooms_readable_by(member: Member) -> QuerySet[TalkRoom]:
    """The rooms this member may read now."""
    return TalkRoom.objects.filter(pk__in=READABLE.ids(member))


def readable(member: Member) -> QuerySet[TalkRoom]:
    memberships = RoomMembership.objects.open().filter(room=OuterRef("pk"), member=member)
    clients = clients_visible_to(member).filter(pk=OuterRef("client_id"))
    excepted = exceptions_open_to(member).filter(client=OuterRef("client_id"))
    return TalkRoom.objects.filter(Q(Exists(memberships)) & (Q(client=None) | Q(Exists(clients))) | Q(Exists(excepted)))


READABLE = Remembered(readable)


def room_for(member: Member, room_id: UUID) -> TalkRoom:
    """The only way to get a room by id. Hidden and missing answer alike."""
    found = None
    if member.is_current and READABLE.among(member, [room_id]):
        found = TalkRoom.objects.select_related("client").filter(pk=room_id).first()
    if found is None:
        raise NotHere(subject=room_id)
    if found.client is not None:
        told_of_look(member, found.client)
    return found


def can_open_rooms(member: Member) -> bool:
    """Everybody who works here opens rooms; a guest only a talk with somebody they have met."""
    return member.is_current and not member.is_guest


def check_can_open_rooms(member: Member) -> None:
    if not can_open_rooms(member):
        raise NotAllowed


def reads_by_exception(member: Member, room: TalkRoom) -> bool:
    """Whether a legal exception alone opens this room: no membership, or a client not seen in another way."""
    if room.client_id is None or not exceptions_open_to(member).filter(client=room.client_id).exists():
        return False
    is_inside = RoomMembership.objects.open().filter(room=room, member=member).exists()
    return not is_inside or not can_write_about(member, Client(pk=room.client_id))


def rooms_of_client(member: Member, client: Client) -> QuerySet[TalkRoom]:
    return rooms_readable_by(member).filter(client=client).order_by(F("last_posted_at").desc(nulls_last=True))
