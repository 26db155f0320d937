"""The messages of a room to choose among, a draft of lines, a record with what has become of its messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from apps.clients.access import names_beside
from apps.environments.models import Member
from apps.environments.names import Names
from apps.files.models import StoredFile
from apps.records.models import Attendee, Method, RecordLine, SupportRecord, told_at
from apps.rooms.access import messages_readable_by
from apps.rooms.frames import files_of
from apps.rooms.models import Message, TalkRoom
from apps.rooms.queries import latest_messages


@dataclass(frozen=True)
class Choosable:
    """A message that can be put into a record; ticked beforehand where it is of the newest day and in no such record yet."""

    message: Message
    is_recorded: bool
    is_ticked: bool


def choosable(
    member: Member,
    room: TalkRoom,
    *,
    before: int | None = None,
    ticked: Iterable[int] = (),
    for_meeting: bool = False,
) -> list[Choosable]:
    """A page of the room's messages that this member reads, in reading order, without what was removed."""
    messages = [
        one
        for one in latest_messages(member, room, before=before)
        if not one.is_removed and (one.body or files_of(one))
    ]
    lines = RecordLine.objects.filter(message__in=messages, record__meeting__isnull=not for_meeting)
    recorded = set(lines.values_list("message", flat=True))
    chosen = set(ticked) or newest_day(messages, recorded)
    return [Choosable(one, one.pk in recorded, one.number in chosen) for one in messages]


def newest_day(messages: list[Message], recorded: set[int]) -> set[int]:
    days = [timezone.localdate(one.posted_at) for one in messages]
    return {one.number for one, day in zip(messages, days, strict=True) if day == days[-1] and one.pk not in recorded}


def messages_chosen(member: Member, room: TalkRoom, numbers: Iterable[int]) -> list[Message]:
    """Those of the room that this member reads, in reading order; what is hidden or was removed is not among them."""
    found = messages_readable_by(member, room).filter(number__in=set(numbers), removed_at=None)
    return list(found.select_related("author__organization").order_by("number"))


def drafted(member: Member, room: TalkRoom, messages: Iterable[Message]) -> list[dict[str, Any]]:
    """The lines as they stand in the form before anybody changes them."""
    names = names_beside(member, room.client)
    return [
        {
            "number": one.number,
            "heard_at": told_at(one),
            "happened_at": one.posted_at,
            "method": Method.CARENET,
            "person": person_said(one, names),
            "content": one.body or files_said(one),
        }
        for one in messages
    ]


def files_said(message: Message) -> str:
    """What stands for a message that has only files, so that each is known again: its name, kind, pages and SHA-256."""
    with override("ja"):
        said = "\n".join(file_said(one.file) for one in message.attachments.select_related("file").order_by("place"))
    return said[: RecordLine.LONGEST]


def file_said(file: StoredFile) -> str:
    pages = f"{file.pages}ページ" if file.pages else ""
    known = [str(file.get_kind_display()), pages, f"SHA-256 {file.sha256}" if file.sha256 else ""]
    about = [one for one in known if one]
    return f"{file.name}（{'、'.join(about)}）" if about else str(file.name)


def person_said(message: Message, names: Names) -> str:
    """Name and office, as this reader knows them."""
    author = names.of(message.author)
    return f"{author.name}（{author.organization}）" if author.organization else str(author.name)


@dataclass(frozen=True)
class Shown:
    """A record with its lines, and the versions that there are of it."""

    record: SupportRecord
    lines: list[RecordLine]
    versions: list[SupportRecord]
    # Of a meeting; of a 第5表 there are none.
    attendees: list[Attendee]

    @property
    def overtaken(self) -> list[RecordLine]:
        return [line for line in self.lines if line.is_overtaken]

    @property
    def is_newest(self) -> bool:
        return self.record.version == self.versions[-1].version


def shown(record: SupportRecord) -> Shown:
    versions = SupportRecord.objects.filter(client=record.client, number=record.number)
    return Shown(
        record=record,
        lines=list(record.lines.select_related("message").order_by("place")),
        versions=list(versions.select_related("issued_by__organization").order_by("version")),
        attendees=list(record.meeting.attendees.order_by("place")) if record.is_of_meeting else [],
    )


def drafted_again(member: Member, record: SupportRecord, room: TalkRoom) -> list[dict[str, Any]]:
    """The lines of a record for its next version: what was edited stands as it is now, what was removed is left out."""
    lines = {line.message.number: line for line in shown(record).lines}
    fresh = {one["number"]: one for one in drafted(member, room, messages_chosen(member, room, lines))}
    return [again(line, fresh[number]) for number, line in lines.items() if number in fresh]


def again(line: RecordLine, fresh: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, str | datetime] = {"happened_at": line.happened_at, "method": line.method, "person": line.person}
    return {**fresh, **kept, "content": fresh["content"] if line.is_overtaken else line.content}
