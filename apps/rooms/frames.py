"""What travels on a socket: a message serialised once per process and form, and the small signs around it.

Frames are JSON objects, told apart by their first key. A device says one thing:

    {"post": "<uuid>", "room": "<uuid>", "body": "…"}       a message, under a key of the device's own making;
                                                            with "answers": 40 where it answers message 40, and
                                                            "asked_of": "organizations" or "everybody" where the readers
                                                            are asked to confirm it: one of each organization, or all;
                                                            with "files": ["<uuid>"], ids of one's own uploads

and is answered, in the order in which it spoke:

    {"stored": "<uuid>", "room": "<uuid>", "message": 41}   stored with its ledger entry; the same key, the same number
    {"refused": "<uuid>", "room": "<uuid>", "why": "<code>", "said": "…"}    nothing was stored; the sentence is for people.
                                                            The key is null where the frame could not be read

What was not answered when the line broke (or closed with 1013: the database is away) goes again under its key.
The server says:

    {"ready": true}                                         from now on everything is heard; catch up once
    {"message": 41, "room": "<uuid>", "html": "<li …>"}     in the form `html`, for a browser
    {"message": 41, "room": "<uuid>", "author": {…}, "body": "…", "answers": {…}, "reactions": […], "files": […], "mentions": […], "mentions_me": true, "client_key": "…", "posted_at": "…"}   in `json`;
                                                            `mentions_me` where this person is one of those called
    {"message_changed": 41, "room": "<uuid>", "change": 7, …}   message 41 was edited, removed or reacted to: as it is now, with
                                                            `html` or with the fields of a message; 7 is its number
                                                            among the room's changes, to ask with `changed_after=7`
                                                            Where 41 is quoted by others, they quote it as it is now
    {"read": 41, "room": "<uuid>"}                          this person read further on another screen
    {"seen": {"41": 3}, "room": "<uuid>"}                   by how many others messages of one's own (or all, where the
                                                            environment says so) have been seen by now
    {"reacted": 41, "room": "<uuid>", "kind": "thanks", "is_on": true}   this person has answered message 41 in this
                                                            phrase, or taken that back; how often it stands there comes
                                                            with the message as it has become
    {"acknowledged": {"41": [2, 5, true]}, "room": "<uuid>"}    how many people or organizations have confirmed, of how
                                                            many, and whether it waits for this person no more
    {"handling": 41, "room": "<uuid>"}                      who of this person's organization handles the message has changed
    {"noted": 7, "room": "<uuid>"}                          note 7 of the room, or a task of it, has changed
    {"confirmed": 41, "room": "<uuid>"}                     this person has confirmed the message on another screen
    {"changed": "<uuid>"}                                   this room was archived or reopened: look at it again
    {"waiting": "<uuid>"}                                   what of this person waits in the room has changed
    {"drafted": "<uuid>"}                                   this person has begun to write in the room, or not any more
    {"marked": "<uuid>", "number": 41, "kind": "todo", "is_on": true}   this person has marked message 41 of the room for
                                                            themselves (todo, bookmark), or it is done, or not any more
    {"pinned": "<uuid>"}                                    this person has pinned the room, or not any more
    {"closed": "<uuid>"}                                    this room is not open to this person any more
    {"opened": "<uuid>"}                                    this room has become open to this person
    {"client_closed": "<uuid>", "why": "<code>"}            this client is not open to this person any more: the code is
                                                            consent_withdrawn, consent_ended, seat_ended or other
    {"client_changed": "<uuid>"}                            what may be told of this client has changed: look again
    {"notified": true}                                      there is a new notification
    {"catch_up": true}                                      something may have been missed: ask for what came after
"""

import json
import struct
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from apps.environments.models import Member
from apps.environments.names import EVERYBODYS, KINDS, NOBODYS, Names
from apps.kernel.bus import Fact
from apps.rooms.models import Attachment, Message
from apps.rooms.queries.mentions import calls_of, mentioned_by
from apps.rooms.queries.quotes import Quote, quote_of
from apps.rooms.queries.reactions import reactions_to

READY = {"ready": True}
CATCH_UP = {"catch_up": True}
NOTIFIED = {"notified": True}


class Frame:
    """One message, new or (`is_change`) as it has become, written out at most once in each form however many sockets hear it: `html` and `json`, and each of
    them once more in every language that is read, and with "another participant" in a person's place, for guests who have not met the author or the one who
    is answered and for those who may not know who writes about a protected client; and without what is answered, for
    those whose time in the room began after it."""

    def __init__(self, message: Message, *, is_change: bool = False) -> None:
        self.message = message
        self.is_change = is_change
        self.room_id: UUID = message.room_id
        self.number = message.number
        self._texts: dict[Any, bytes] = {}
        quote = quote_of(message, None)
        self._answered = None if quote is None else quote.message
        self._mentioned = mentioned_by(message)
        # Whose names are in it.
        self._people = {message.author_id} | ({self._answered.author_id} if self._answered else set())

    def text(
        self,
        form: str,
        names: Names = EVERYBODYS,
        since: datetime | None = None,
        reader: UUID | None = None,
        language: str = settings.LANGUAGE_CODE,
    ) -> bytes:
        """For a reader of this language with these names, who is shown the room from that moment on: whoever is in it by name, unnamed, or
        unnamed with the kind of the organization; and, for those whom it calls (`reader` is one), saying so."""
        called = reader if reader in self._mentioned else None
        answered = self._answered
        if answered is None or since is None or answered.posted_at >= since:
            since = None
        if all(map(names.include, self._people)):
            names = EVERYBODYS
        elif answered is None:
            names = KINDS if names.says_kinds else NOBODYS
        else:
            names = Names(known=frozenset(filter(names.include, self._people)), says_kinds=names.says_kinds)
        variant = (form, names.known, names.says_kinds, since is None, called is None, language)
        if variant not in self._texts:
            written = as_html if form == "html" else as_json
            with translation.override(language):
                sign = written(self.message, names, since, called)
            self._texts[variant] = encoded(as_change(sign, self.message) if self.is_change else sign)
        return self._texts[variant]


def as_change(sign: dict[str, Any], message: Message) -> dict[str, Any]:
    """The same of a message that has changed: its first key tells it apart from a new one."""
    number = sign.pop("message")
    return {"message_changed": number, **sign, "change": message.change}


def as_json(message: Message, names: Names, since: datetime | None, reader: UUID | None = None) -> dict[str, Any]:
    """A message as the API and the socket tell it, shaped alike. An author whom the reader has not met has no id.

    What it answers is told to readers who are shown the room from before that on (`since`). `reader` is the member who is
    told whether they are called.
    """
    return {
        "message": message.number,
        "room": str(message.room_id),
        "author": as_author(message.author, names),
        "body": message.body,
        "answers": as_quote(quote_of(message, since), names),
        "reactions": [{"kind": str(one.kind), "count": one.count} for one in reactions_to(message)],
        "files": [as_file(attachment) for attachment in files_of(message)],
        "mentions": [{"kind": one.kind, "words": one.words, "begins": one.begins} for one in calls_of(message)],
        "mentions_me": reader in mentioned_by(message),
        "asked_of": message.asked_of if not message.is_removed else "",
        "client_key": str(message.client_key),
        "posted_at": message.posted_at.isoformat(),
        "edited_at": moment(message.edited_at),
        "removed_at": moment(message.removed_at),
    }


def as_quote(quote: Quote | None, names: Names) -> dict[str, Any] | None:
    """What is answered, with its first words; of what was before the reader's time in the room nothing but its number."""
    if quote is None:
        return None
    told = {"message": quote.number, "author": None, "body": quote.text, "is_removed": quote.is_removed}
    return told if quote.message is None else {**told, "author": as_author(quote.message.author, names)}


def files_of(message: Message) -> list[Attachment]:
    """The files of a message, as a page of messages has fetched them, or fetched now; a removed one has none."""
    if message.is_removed:
        return []
    found: list[Attachment] | None = getattr(message, "files", None)
    return list(message.attachments.select_related("file")) if found is None else found


def as_file(attachment: Attachment) -> dict[str, Any]:
    """A file of a message: `file` is its place there. Its bytes are at `…/files/<message>/<file>/content/`."""
    file = attachment.file
    about = {"name": file.name, "size": file.size, "content_type": file.content_type, "kind": file.kind}
    return {"file": attachment.place, **about, "pages": file.pages, "state": file.state}


def moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def as_author(person: Member, names: Names) -> dict[str, Any]:
    shown = names.of(person)
    return {
        "id": str(shown.id) if shown.id else None,
        "name": str(shown.name),
        "known_as": str(shown.known_as),
        "organization": str(shown.organization),
    }


def as_html(message: Message, names: Names, since: datetime | None, reader: UUID | None = None) -> dict[str, Any]:
    """A message as the page shows it: the same fragment as the first paint, equal for every reader who knows the author
    and is called, or is not."""
    around = {"reader": None, "names": names, "since": since, "called": reader in mentioned_by(message)}
    html = render_to_string("rooms/_message.html", {"message": message, **around})
    return {"message": message.number, "room": str(message.room_id), "html": html}


def mark_in(fact: Fact) -> dict[str, Any]:
    """Which message a person has marked for themselves, and how it stands now."""
    if fact["is"] != "rooms.message_marked":
        return {}
    return {"number": int(fact["number"]), "kind": fact["kind"], "is_on": fact["is_on"] == "1"}


def closed(client_id: str, why: str) -> dict[str, str]:
    """The sign that a client is not open any more, with the reason as a code."""
    return {"client_closed": client_id, "why": why}


def encoded(sign: dict[str, Any]) -> bytes:
    return json.dumps(sign, ensure_ascii=False, separators=(",", ":")).encode()


def on_the_wire(text: bytes) -> bytes:
    """A text frame of RFC 6455 from the server: not masked, not compressed, so the same bytes for everybody."""
    length = len(text)
    if length < 126:
        return b"\x81" + bytes([length]) + text
    if length < 65536:
        return b"\x81\x7e" + struct.pack("!H", length) + text
    return b"\x81\x7f" + struct.pack("!Q", length) + text
