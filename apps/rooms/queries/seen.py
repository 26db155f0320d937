"""By how many of the room a message has been seen, and by whom: as far as their read marks tell, and never at what time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from apps.clients.access import names_beside
from apps.environments.models import Member
from apps.environments.names import PersonShown
from apps.rooms.access import is_told_of_seeing, seen_shown_in
from apps.rooms.models import Message, ReadMark, RoomMembership, SeenShown, TalkRoom
from apps.rooms.queries.memberships import people_of


@dataclass(frozen=True)
class Reading:
    """How far somebody of the room has read, and from when on they read."""

    member_id: UUID
    mark: int
    shown_from: datetime | None

    def could_read(self, message: Message) -> bool:
        """Nobody counts for what they wrote themselves, nor for what is not shown to them."""
        return self.member_id != message.author_id and (self.shown_from is None or message.posted_at >= self.shown_from)

    def has_seen(self, message: Message) -> bool:
        return self.mark >= message.number and self.could_read(message)


def readings_of(room: TalkRoom) -> list[Reading]:
    """Of everybody who is in the room and may read it now; whoever reads by a legal exception leaves no trace."""
    mark = ReadMark.objects.filter(room=OuterRef("room_id"), member=OuterRef("member_id")).values("number")
    present = RoomMembership.objects.open().filter(room=room, member__in=people_of(room).order_by().values("pk"))
    rows = present.annotate(mark=Subquery(mark[:1])).values_list("member_id", "mark", "history_from")
    return [Reading(member_id, number or 0, shown_from) for member_id, number, shown_from in rows]


def seen_counts(messages: Iterable[Message], readings: list[Reading]) -> dict[int, int]:
    """Message number → by how many others it has been seen; none that nobody has."""
    counted = {one.number: sum(reading.has_seen(one) for reading in readings) for one in messages}
    return {number: count for number, count in counted.items() if count}


def seen_on(reader: Member, room: TalkRoom, messages: list[Message]) -> dict[int, int]:
    """The same, of those messages of which the reader is told. Asks nothing of the room where there are none."""
    shown = seen_shown_in(reader)
    told = [one for one in messages if is_told_of_seeing(reader, one, shown)]
    return seen_counts(told, readings_of(room)) if told else {}


def seen_lately(room: TalkRoom, count: int) -> tuple[SeenShown, list[Message], dict[int, int]]:
    """Who is told, the newest messages, and by how many each was seen: what open screens are told."""
    shown = seen_shown_in(Member(environment_id=room.environment_id))
    newest = list(
        Message.objects.filter(room=room, removed_at=None).select_related("author").order_by("-number")[:count]
    )
    is_told = newest and shown != SeenShown.NOBODY
    return shown, newest, seen_counts(newest, readings_of(room)) if is_told else {}


@dataclass(frozen=True)
class Seeing:
    """Who of the room has seen a message and who has not, as the reader may be shown them."""

    seen: list[PersonShown]
    unseen: list[PersonShown]

    @property
    def everybody(self) -> int:
        return len(self.seen) + len(self.unseen)


def who_saw(reader: Member, message: Message) -> Seeing:
    """By organization and reading. Nobody is listed to whom the message was never shown."""
    names = names_beside(reader, message.room.client)
    readings = {one.member_id: one for one in readings_of(message.room) if one.could_read(message)}
    people = [one for one in people_of(message.room) if one.pk in readings]
    seen = {one.pk for one in people if readings[one.pk].has_seen(message)}
    return Seeing(
        seen=[names.of(one) for one in people if one.pk in seen],
        unseen=[names.of(one) for one in people if one.pk not in seen],
    )
