"""A page of messages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.rooms.access import heard_in, messages_heard, messages_readable_by
from apps.rooms.models import Message, ReadMark, TalkRoom
from apps.rooms.queries.files import of_messages
from apps.rooms.queries.mentions import fetch_mentions
from apps.rooms.queries.quotes import fetch_answered
from apps.rooms.queries.reactions import fetch_reactions

PAGE = 50


def latest_messages(member: Member, room: TalkRoom, *, before: int | None = None) -> list[Message]:
    """The newest messages, or the page before a number, in reading order.

    Numbers have no gaps, and what one is shown begins somewhere and ends nowhere: a page is a span of numbers, found by key.
    Asked for the fifty highest, PostgreSQL sorted a room of a hundred thousand whenever it had no statistics: 60 ms.
    """
    heard = heard_in(member, room)
    after_last = heard.last_number + 1 if heard is not None else 0
    end = after_last if before is None else min(before, after_last)
    messages = with_authors(messages_heard(heard, room)).filter(number__gte=end - PAGE, number__lt=end)
    return whole(messages.order_by("number"))


def messages_after(member: Member, room: TalkRoom, *, after: int) -> list[Message]:
    """What came after a number, at most a page: catch-up asks again until nothing is left."""
    return whole(with_authors(messages_readable_by(member, room)).filter(number__gt=after).order_by("number")[:PAGE])


def messages_around(member: Member, room: TalkRoom, *, number: int) -> list[Message]:
    """A message with half a page before and half a page after it, in reading order."""
    readable = with_authors(messages_readable_by(member, room))
    span = readable.filter(number__gt=number - PAGE // 2, number__lte=number + PAGE // 2)
    return whole(span.order_by("number"))


def messages_changed(member: Member, room: TalkRoom, *, since: int, until: int) -> list[Message]:
    """Those up to a number that were changed after the room's change `since`, in the order of their changes, at most a page."""
    readable = with_authors(messages_readable_by(member, room))
    return whole(readable.filter(number__lte=until, change__gt=since).order_by("change")[:PAGE])


def with_authors(messages: QuerySet[Message]) -> QuerySet[Message]:
    """With who wrote them, and with their files."""
    return messages.prefetch_related(*beside_messages())


def beside_messages() -> list[Any]:
    """What is shown with each message, asked for all of them together and after them.

    Joined to the messages, their authors led PostgreSQL to begin with everybody of a town about whose tables it has no
    statistics yet: 800 ms for forty messages of twenty thousand, and 2 ms so.
    """
    return ["author__organization", of_messages()]


def whole(messages: Iterable[Message]) -> list[Message]:
    """With what only some of them have; asked for those alone."""
    found = list(messages)
    fetch_answered(found)
    fetch_reactions(found)
    fetch_mentions(found)
    return found


def read_mark_of(member: Member, room: TalkRoom) -> int:
    mark = ReadMark.objects.filter(member=member, room=room).values_list("number", flat=True).first()
    return mark or 0


def has_older(member: Member, room: TalkRoom, messages: list[Message]) -> bool:
    """Whether there is a page before the first of these messages."""
    if not messages:
        return False
    first = messages[0].number
    return messages_readable_by(member, room).filter(number__gte=first - PAGE, number__lt=first).exists()
