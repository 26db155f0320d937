"""What a room is called, as the reader of the page knows it; and which sign stands for a file."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from apps.environments.models import Member
from apps.environments.templatetags.names import names_of_reader
from apps.files.kinds import FileKind
from apps.files.models import FileState, StoredFile
from apps.rooms.models import Message, TalkRoom, WaitingMessage
from apps.rooms.queries import Quote, calls_of, mentioned_by, quote_of
from apps.rooms.stamps import choices, drawn, stamp_of
from apps.rooms.wording import shown, unmarked

register = template.Library()


ICONS = {
    FileKind.PICTURE: "photo",
    FileKind.PDF: "document-text",
    FileKind.OFFICE: "document",
    FileKind.TEXT: "document-text",
    FileKind.ARCHIVE: "archive-box",
    FileKind.SOUND: "speaker-wave",
    FileKind.FILM: "film",
}


@register.filter
def file_icon(file: StoredFile) -> str:
    """The icon of a file: of what it is, or of where it stands."""
    if file.state == FileState.REFUSED:
        return "no-symbol"
    if not file.is_ready:
        return "clock"
    return "arrows-right-left" if file.care_plan else ICONS[FileKind(file.kind)]


@register.simple_tag(takes_context=True)
def title_of(context: Context, room: TalkRoom) -> str:
    """`{% title_of room %}`: its client, its title, or both; a talk of two is called for the other one."""
    other = other_of(context, room)
    if other is not None:
        return names_of_reader(getattr(context, "request", None)).name(other)
    if room.client is None:
        return room.title
    return f"{room.client.name} · {room.title}" if room.title else room.client.name


@register.simple_tag(takes_context=True)
def other_of(context: Context, room: TalkRoom) -> Member | None:
    """`{% other_of room as other %}`: with whom the reader talks in a talk of two; nobody in other rooms."""
    if room.pair_first is None:
        return None
    reader = getattr(getattr(context, "request", None), "member", None)
    return room.pair_second if reader is not None and reader.pk == room.pair_first_id else room.pair_first


@register.filter
def worded(text: str) -> SafeString:
    """`{{ message.body|worded }}`: as typed, with links and marks, every letter of it escaped; or the stamp that it is."""
    stamp = stamp_of(text)
    return shown(text) if stamp is None else drawn(stamp)


@register.filter
def said(message: Message) -> SafeString:
    """`{{ message|said }}`: its body as typed, with links, marks and whom it calls; or the stamp that it is."""
    stamp = stamp_of(message.body)
    return shown(message.body, [(one.begins, one.ends) for one in calls_of(message)]) if stamp is None else drawn(stamp)


@register.simple_tag
def stamp_choices() -> SafeString:
    """`{% stamp_choices %}`: every stamp as a button of the composer."""
    return choices()


@register.filter
def calls(message: Message, reader: Member | None) -> bool:
    """`{% if message|calls:reader %}`: whether it calls this reader."""
    return reader is not None and reader.pk in mentioned_by(message)


@register.filter(name="unmarked")
def without_marks(text: str) -> str:
    """`{{ message.body|unmarked|truncatechars:160 }}`: its words for a line that tells of it."""
    return unmarked(text)


@register.simple_tag(name="quote_of")
def quoted(message: Message | WaitingMessage, since: datetime | None) -> Quote | None:
    """`{% quote_of message since as quote %}`: what a message answers, for a reader who is shown the room from then on."""
    return quote_of(message, since)


@register.filter
def get_item(things: Any, key: Any) -> Any:
    """`{{ marks|get_item:message.number }}`: what stands under a key; nothing where there is nothing."""
    return things.get(key, ()) if isinstance(things, dict) else ()
