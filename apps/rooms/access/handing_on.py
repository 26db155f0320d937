"""Which rooms need a successor when somebody goes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.clients.access import (
    clients_visible_to,
)
from apps.environments.models import Member
from apps.rooms.models import RoomKind, RoomMembership, TalkRoom


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
