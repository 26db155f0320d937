"""What waits to be sent: its author's alone."""

from uuid import UUID

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.rooms.models import WaitingMessage


def waiting_of(member: Member) -> QuerySet[WaitingMessage]:
    """What this person has written and nobody has yet, what is due first first."""
    own: QuerySet[WaitingMessage] = WaitingMessage.objects.filter(author=member)
    return own.select_related("room__client", "room__pair_first", "room__pair_second")


def waiting_for(member: Member, waiting_id: UUID, among: QuerySet[WaitingMessage] | None = None) -> WaitingMessage:
    """The only way to one of them. One that was sent or taken back is missing."""
    rows = WaitingMessage.objects.all() if among is None else among
    found: WaitingMessage | None = None
    if member.is_current:
        found = rows.filter(author=member, pk=waiting_id).select_related("room__client").first()
    if found is None:
        raise NotHere(subject=waiting_id)
    return found
