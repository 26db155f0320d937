"""What travels on a socket: a message serialised once per process and form, and the small signs around it.

Frames are JSON objects, told apart by their first key. A device says one thing:

    {"post": "<uuid>", "room": "<uuid>", "body": "…"}       a message, under a key of the device's own making

and is answered, in the order in which it spoke:

    {"stored": "<uuid>", "room": "<uuid>", "message": 41}   stored with its ledger entry; the same key, the same number
    {"refused": "<uuid>", "room": "<uuid>", "why": "<code>", "said": "…"}    nothing was stored; the sentence is for people.
                                                            The key is null where the frame could not be read

What was not answered when the line broke (or closed with 1013: the database is away) goes again under its key.
The server says:

    {"ready": true}                                         from now on everything is heard; catch up once
    {"message": 41, "room": "<uuid>", "html": "<li …>"}     in the form `html`, for a browser
    {"message": 41, "room": "<uuid>", "author": {…}, "body": "…", "client_key": "…", "posted_at": "…"}   in `json`
    {"read": 41, "room": "<uuid>"}                          this person read further on another screen
    {"changed": "<uuid>"}                                   this room was archived or reopened: look at it again
    {"pinned": "<uuid>"}                                    this person has pinned the room, or not any more
    {"closed": "<uuid>"}                                    this room is not open to this person any more
    {"opened": "<uuid>"}                                    this room has become open to this person
    {"client_closed": "<uuid>", "why": "<code>"}            this client is not open to this person any more: the code is
                                                            consent_withdrawn, consent_ended, seat_ended or other
    {"notified": true}                                      there is a new notification
    {"catch_up": true}                                      something may have been missed: ask for what came after
"""

import json
import struct
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from apps.environments.models import Member
from apps.environments.names import EVERYBODYS, KINDS, NOBODYS, Names
from apps.rooms.models import Message

READY = {"ready": True}
CATCH_UP = {"catch_up": True}
NOTIFIED = {"notified": True}


class Frame:
    """One message, written out at most once in each form however many sockets hear it: `html` and `json`, and each of
    them once more with "another participant" in the author's place, for guests who have not met the author and for those
    who may not know who writes about a protected client."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.room_id: UUID = message.room_id
        self.number = message.number
        self._texts: dict[tuple[str, str], bytes] = {}

    def text(self, form: str, names: Names = EVERYBODYS) -> bytes:
        """For a reader with these names: by name, unnamed, or unnamed with the kind of the organization."""
        author = self.message.author_id
        called, told = "named", EVERYBODYS
        if not names.include(author):
            called, told = ("kind", KINDS) if names.says_kinds else ("nobody", NOBODYS)
        if (form, called) not in self._texts:
            written = as_html if form == "html" else as_json
            self._texts[form, called] = encoded(written(self.message, told))
        return self._texts[form, called]


def as_json(message: Message, names: Names) -> dict[str, Any]:
    """A message as the API and the socket tell it, shaped alike. An author whom the reader has not met has no id."""
    return {
        "message": message.number,
        "room": str(message.room_id),
        "author": as_author(message.author, names),
        "body": message.body,
        "client_key": str(message.client_key),
        "posted_at": message.posted_at.isoformat(),
    }


def as_author(person: Member, names: Names) -> dict[str, Any]:
    shown = names.of(person)
    return {
        "id": str(shown.id) if shown.id else None,
        "name": str(shown.name),
        "known_as": str(shown.known_as),
        "organization": str(shown.organization),
    }


def as_html(message: Message, names: Names) -> dict[str, Any]:
    """A message as the page shows it: the same fragment as the first paint, equal for every reader who knows the author."""
    html = render_to_string("rooms/_message.html", {"message": message, "reader": None, "names": names})
    return {"message": message.number, "room": str(message.room_id), "html": html}


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
