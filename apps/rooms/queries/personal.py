"""What one has marked."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import F

from apps.environments.models import Member
from apps.environments.names import Names
from apps.kernel.paging import paged, showing
from apps.rooms.access import marks_of
from apps.rooms.models import MarkKind, Message, MessageMark
from apps.rooms.queries.lists import told_in_lists
from apps.rooms.queries.quotes import since_of


@dataclass(frozen=True)
class Marked:
    """A mark with its message, and the names that may be told beside it."""

    mark: MessageMark
    # From when on the reader is shown the room.
    since: datetime | None
    names: Names

    @property
    def message(self) -> Message:
        return self.mark.message


def marks_shown(member: Member, kind: MarkKind, asked: str | None = None) -> Page[Marked]:
    """A page of what is open before what is done, room by room, the newest first."""
    rows = marks_of(member).filter(kind=kind).select_related("message__room")
    newest = F("message__room__last_posted_at").desc(nulls_last=True)
    order = (F("done_at").desc(nulls_first=True), newest, "message__room", "-message__number")
    marks = paged(rows.order_by(*order), asked)
    names = told_in_lists(member, [one.message for one in marks])
    return showing(marks, [Marked(mark=one, since=since_of(one), names=names(one.message)) for one in marks])


def marks_on(member: Member, messages: list[Message]) -> dict[int, set[str]]:
    """Message number → the kinds under which this person has marked it; what is done is marked no more."""
    own = MessageMark.objects.filter(member=member, message__in=[one.pk for one in messages], done_at=None)
    found: dict[int, set[str]] = {}
    for number, kind in own.values_list("message__number", "kind"):
        found.setdefault(number, set()).add(kind)
    return found
