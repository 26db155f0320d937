"""The messages that call one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page

from apps.environments.models import Member
from apps.environments.names import Names
from apps.environments.remembered import Remembered
from apps.kernel.paging import paged, showing
from apps.rooms.access import mentions_of, rooms_that_call
from apps.rooms.models import Message
from apps.rooms.queries.lists import told_in_lists
from apps.rooms.queries.numbers import by_numbers
from apps.rooms.queries.quotes import since_of


@dataclass(frozen=True)
class CalledBy:
    """A message that calls the reader, and the names that may be told beside it."""

    message: Message
    # From when on the reader is shown the room.
    since: datetime | None
    names: Names


def mentions_shown(member: Member, asked: str | None = None) -> Page[CalledBy]:
    """A page of them, the newest first."""
    page = paged(mentions_of(member).order_by("-pk"), asked)
    rows = list(page)
    if not rows:
        return showing(page, [])
    wanted = Message.objects.filter(by_numbers((one.room_id, one.number) for one in rows)).select_related("room")
    found = {(one.room_id, one.number): one for one in wanted}
    messages = [found[one.room_id, one.number] for one in rows]
    names = told_in_lists(member, messages)
    return showing(page, [CalledBy(one, since_of(row), names(one)) for row, one in zip(rows, messages, strict=True)])


def mentions_by_room(member: Member) -> dict[UUID, int]:
    """Room → how many unread messages of it call one: one question for the whole list, remembered."""
    return {room_id: calls for _, room_id, calls in UNREAD_MENTIONS.rows(member)}


UNREAD_MENTIONS = Remembered(rooms_that_call, "room", "calls")
