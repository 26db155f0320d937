"""Who may ask for a confirmation, who may give it, and what still waits for one's own."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms.access.changing import check_is_there
from apps.rooms.access.messages import can_post, check_can_post
from apps.rooms.access.rooms import reads_by_exception, rooms_readable_by
from apps.rooms.models import Acknowledgement, Ask, AskedOf, Message, RoomMembership
from apps.rooms.refusals import RoomArchived


def is_asked(message: Message) -> bool:
    """Of the readers of a removed message nothing is asked any more."""
    return message.asked_of != "" and not message.is_removed


def ask_for(message: Message) -> Ask:
    """What is asked of its readers; missing where nothing is."""
    found: Ask | None = Ask.objects.filter(message=message).first() if is_asked(message) else None
    if found is None:
        raise NotHere(subject=message.room, client_id=message.room.client_id)
    return found


def can_ask(member: Member, message: Message) -> bool:
    """The author, once, while they may write in the room."""
    own = message.author_id == member.pk and not message.is_removed
    return own and not message.asked_of and can_post(member, message.room)


def check_can_ask(member: Member, message: Message) -> None:
    check_can_post(member, message.room)
    if message.author_id != member.pk:
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)
    check_is_there(message)


def can_acknowledge(member: Member, message: Message) -> bool:
    """Everybody who reads it as one of the room, but its author; who only reads announcements too."""
    if not is_asked(message) or message.author_id == member.pk or message.room.is_archived:
        return False
    return not reads_by_exception(member, message.room)


def has_acknowledged(member: Member, message: Message) -> bool:
    return is_asked(message) and Acknowledgement.objects.filter(ask__message=message, member=member).exists()


def check_can_acknowledge(member: Member, message: Message) -> None:
    ask_for(message)
    if message.room.is_archived:
        raise RoomArchived(subject=message.room, client_id=message.room.client_id)
    if not can_acknowledge(member, message):
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)


def asks_waiting_for(member: Member) -> QuerySet[Ask]:
    """What this person is asked to confirm and has not: of rooms they were in when it was asked, are in now, and of
    messages that are shown to them. Where one of an organization is enough, nothing that a colleague has confirmed."""
    inside = RoomMembership.objects.open().filter(
        Q(history_from=None) | Q(history_from__lte=OuterRef("message__posted_at")),
        room=OuterRef("message__room"),
        member=member,
        valid_from__lte=OuterRef("asked_at"),
    )
    said = Acknowledgement.objects.filter(ask=OuterRef("pk"))
    by_colleague = Exists(said.filter(member__organization=member.organization_id))
    waiting = (
        Ask.objects.filter(Exists(inside), message__removed_at=None, message__room__archived_at=None)
        .exclude(message__author=member)
        .exclude(Exists(said.filter(member=member)))
        .exclude(
            Q(message__asked_of=AskedOf.ORGANIZATIONS)
            & (by_colleague | Q(message__author__organization=member.organization_id))
        )
    )
    readable = waiting.filter(message__room__in=rooms_readable_by(member).values("pk"))
    # From when on they are shown the room: what a message answers may be from before.
    return readable.annotate(shown_from=Subquery(inside.values("history_from")[:1]))
