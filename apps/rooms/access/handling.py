"""Whose inbox something stands in, and who may take it, pass it on, give it back and finish it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from apps.environments.models import Member, Organization
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.access.changing import check_is_there
from apps.rooms.access.memberships import people_who_can_read
from apps.rooms.access.messages import can_post
from apps.rooms.access.rooms import reads_by_exception, rooms_readable_by
from apps.rooms.models import Handling, Message, RoomMembership
from apps.rooms.refusals import NothingNeeded, RoomArchived


def handlings_seen_by(member: Member) -> QuerySet[Handling]:
    """The inbox of the member's organization: of rooms they are in, and of messages that are shown to them. Nothing of a
    client whom they may not see, though a colleague may."""
    inside = RoomMembership.objects.open().filter(
        Q(history_from=None) | Q(history_from__lte=OuterRef("message__posted_at")),
        room=OuterRef("message__room"),
        member=member,
    )
    own: QuerySet[Handling] = Handling.objects.filter(
        Exists(inside), organization=member.organization_id, message__removed_at=None
    )
    readable = own.filter(message__room__in=rooms_readable_by(member).values("pk"))
    # From when on they are shown the room: what a message answers may be from before.
    return readable.annotate(shown_from=Subquery(inside.values("history_from")[:1]))


def handling_for(member: Member, message: Message) -> Handling:
    """What of this message, which the member reads, their organization has to do and has not done."""
    rows = handlings_seen_by(member).select_related("handler", "organization")
    found: Handling | None = rows.filter(message=message, done_at=None).first()
    if found is None:
        raise NothingNeeded(subject=message.room, client_id=message.room.client_id)
    return found


def check_can_handle(member: Member, message: Message) -> None:
    """Everybody of the room, who only reads announcements too; nobody who reads it by a legal exception."""
    if message.room.is_archived:
        raise RoomArchived(subject=message.room, client_id=message.room.client_id)
    if reads_by_exception(member, message.room):
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)
    check_is_there(message)


def can_handle(member: Member, message: Message) -> bool:
    room = message.room
    return not message.is_removed and not room.is_archived and not reads_by_exception(member, room)


def colleagues_who_could_handle(member: Member, message: Message) -> QuerySet[Member]:
    """The people of the member's organization who read the message as people of the room."""
    return people_to_handle(message).filter(organization=member.organization_id)


def people_to_handle(message: Message) -> QuerySet[Member]:
    """Everybody of the room to whom the message is shown."""
    inside = RoomMembership.objects.open().filter(
        Q(history_from=None) | Q(history_from__lte=message.posted_at), room=message.room, member=OuterRef("pk")
    )
    return people_who_can_read(message.room).filter(Exists(inside))


def organizations_to_ask(member: Member, message: Message, known: Iterable[Member]) -> list[Organization]:
    """Whom something may be needed of: one's own organization first; others only by who writes in the room, and of those
    whose people the member may know there (`known`). A guest asks their own."""
    found = {member.organization_id: member.organization}
    if not member.is_guest and can_post(member, message.room):
        readers = set(people_to_handle(message).values_list("pk", flat=True))
        found |= {one.organization_id: one.organization for one in known if one.pk in readers}
    return list(found.values())


def chosen(organizations: list[Organization], organization_id: UUID) -> Organization:
    for one in organizations:
        if one.pk == organization_id:
            return one
    raise NotHere(subject=organization_id)
