"""A page of messages."""

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.rooms.access import messages_readable_by
from apps.rooms.models import Message, ReadMark, TalkRoom

PAGE = 50


def latest_messages(member: Member, room: TalkRoom, *, before: int | None = None) -> list[Message]:
    """The newest messages, or the page before a number, in reading order."""
    messages = with_authors(messages_readable_by(member, room))
    if before is not None:
        messages = messages.filter(number__lt=before)
    return list(reversed(messages.order_by("-number")[:PAGE]))


def messages_after(member: Member, room: TalkRoom, *, after: int) -> list[Message]:
    """What came after a number, at most a page: catch-up asks again until nothing is left."""
    return list(with_authors(messages_readable_by(member, room)).filter(number__gt=after).order_by("number")[:PAGE])


def with_authors(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.select_related("author", "author__organization")


def read_mark_of(member: Member, room: TalkRoom) -> int:
    mark = ReadMark.objects.filter(member=member, room=room).values_list("number", flat=True).first()
    return mark or 0


def has_older(member: Member, room: TalkRoom, messages: list[Message]) -> bool:
    """Whether there is a page before the first of these messages."""
    if not messages:
        return False
    return messages_readable_by(member, room).filter(number__lt=messages[0].number).exists()
