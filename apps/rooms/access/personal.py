"""A person's own marks, as far as they may still read what they marked."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from apps.environments.models import Member
from apps.rooms.access.rooms import rooms_readable_by
from apps.rooms.models import MessageMark, RoomMembership


def marks_of(member: Member) -> QuerySet[MessageMark]:
    """Nothing of a room that has closed, nor from before what the present membership shows."""
    mine = RoomMembership.objects.open().filter(room=OuterRef("message__room"), member=member)
    own: QuerySet[MessageMark] = MessageMark.objects.filter(
        member=member, message__room__in=rooms_readable_by(member).values("pk")
    )
    shown = own.annotate(shown_from=Subquery(mine.values("history_from")[:1]))
    return shown.filter(Q(shown_from=None) | Q(message__posted_at__gte=F("shown_from")))
