"""What is shown above a message of the one that it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from apps.environments.models import Member
from apps.rooms.access import shown_from
from apps.rooms.models import Message, TalkRoom, WaitingMessage
from apps.rooms.queries.numbers import by_numbers
from apps.rooms.wording import unmarked

EXCERPT = 200


@dataclass(frozen=True)
class Quote:
    """The message that is answered; `message` is None for a reader whose time in the room begins after it."""

    number: int
    message: Message | None

    @property
    def is_removed(self) -> bool:
        return self.message is not None and self.message.is_removed

    @property
    def text(self) -> str:
        """Its first words, or the names of its files."""
        if self.message is None or self.message.is_removed:
            return ""
        words = unmarked(self.message.body) or "、".join(one.file.name for one in self.message.attachments.all())
        return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"


def quote_of(message: Message | WaitingMessage, since: datetime | None) -> Quote | None:
    """For a reader who is shown the room from that moment on; None where nothing is answered."""
    if message.answers is None:
        return None
    if not hasattr(message, "answered"):
        fetch_answered([message])
    answered: Message | None = message.answered  # type: ignore[union-attr]
    if answered is None or (since is not None and answered.posted_at < since):
        return Quote(message.answers, None)
    return Quote(message.answers, answered)


def fetch_answered(messages: Sequence[Message | WaitingMessage]) -> None:
    """Put what they answer beside them: one question for all of them, and none where nothing is answered."""
    answers = [one for one in messages if one.answers is not None]
    if not answers:
        return
    places = by_numbers((one.room_id, one.answers) for one in answers if one.answers is not None)
    wanted = Message.objects.filter(places).prefetch_related("author__organization")
    found: dict[tuple[object, object], Message] = {(one.room_id, one.number): one for one in wanted}
    prefetch_related_objects([one for one in found.values() if not one.body], "attachments__file")
    for one in answers:
        one.answered = found.get((one.room_id, one.answers))  # type: ignore[union-attr]


def since_of(row: Any) -> datetime | None:
    """From when on its reader is shown the room of a mark, a request or a handling, as the question for it has asked."""
    since: datetime | None = row.shown_from
    return since


def quotes_shown_from(member: Member, room: TalkRoom, messages: Sequence[Message | WaitingMessage]) -> datetime | None:
    """From when on this reader is shown what is answered; asks nothing where nothing is."""
    return shown_from(member, room) if any(one.answers is not None for one in messages) else None
