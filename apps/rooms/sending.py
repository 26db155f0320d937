"""What a socket says: messages to be posted. Each is answered, in order: stored under a number, or refused with a sentence.

The hub knows which rooms this person may write in at present; what it says yes to is stored with what others send in the
same moment. Whatever it does not say yes to, and everything while the hub does not hear the bus, goes the long way of a
form: through the access rule, in one transaction, with its refusal in the ledger.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.utils import timezone, translation
from django_scopes import scope as fence

from apps.accounts.access import idle_time, last_deed_at
from apps.accounts.models import User
from apps.audit import actions as audit
from apps.audit.origin import Origin
from apps.environments.access import environment_for
from apps.environments.models import Member
from apps.kernel.refusals import NotHere, Refusal
from apps.rooms.access import room_for
from apps.rooms.actions import Appended, Outgoing, body_to_store, post
from apps.rooms.hub import Hub
from apps.rooms.listener import Socket
from apps.rooms.models import AskedOf
from apps.rooms.pace import check_pace
from apps.rooms.queries.mentions import may_call
from apps.rooms.refusals import KeyUsedElsewhere, Unreadable
from apps.rooms.wording import tells_place
from apps.rooms.writer import NotStored

# So many may be on the way to the database from one socket; a device that sends faster is read more slowly.
MOST_UNDER_WAY = 64
MOST_FILES = 100
# Whose confirmation may be asked for with a message; of nobody's.
ASKED = frozenset(["", *AskedOf.values])
# The device keeps what was not answered, comes back and sends it again under the same keys.
TRY_AGAIN = 1013


@dataclass(frozen=True)
class Sent:
    """A message as a device sends it."""

    client_key: UUID
    room_id: UUID
    body: str
    answers: int | None = None
    asked_of: str = ""
    files: tuple[UUID, ...] = ()


class Sender:
    """The sending half of one socket."""

    def __init__(self, socket: Socket, hub: Hub, origin: Origin, language: str) -> None:
        self.socket = socket
        self.hub = hub
        self.origin = origin
        self.language = language
        self._under_way = 0
        self._room_for_more = asyncio.Event()
        self._none_under_way = asyncio.Event()
        self._none_under_way.set()
        # A session is awake for the idle time from its last deed on, and a deed only makes that longer.
        self._awake_until: datetime | None = None

    async def take(self, text: str | None) -> None:
        """Take one frame; returns when the next may come."""
        sent = read(text)
        if sent is None:
            await self.socket.say(refused(None, Unreadable(), self.language))
            return
        if not await self._is_awake():
            await self.hub.end_locked()
            return
        body = self._at_once(sent)
        if body is None:
            # What was sent before is stored before.
            await self._none_under_way.wait()
            await self._the_long_way(sent)
        else:
            await self._store(sent, body)

    def _at_once(self, sent: Sent) -> str | None:
        """The body to store, where nothing but yes can be the answer."""
        beside = sent.answers is not None or sent.asked_of or sent.files
        asks = beside or may_call(sent.body) or tells_place(sent.body)
        if asks or not self.hub.may_write(self.socket, sent.room_id):
            return None
        try:
            check_pace(self.socket.member_id)
            return body_to_store(sent.body)
        except Refusal:
            return None

    async def _store(self, sent: Sent, body: str) -> None:
        message = Outgoing(sent.room_id, self.socket.member_id, sent.client_key, body, self.origin)
        self._under_way += 1
        self._none_under_way.clear()
        self.hub.writer.store(message).add_done_callback(partial(self._stored, sent))
        if self._under_way >= MOST_UNDER_WAY:
            self._room_for_more.clear()
            await self._room_for_more.wait()

    def _stored(self, sent: Sent, answer: "asyncio.Future[Appended | None]") -> None:
        self._under_way -= 1
        self._room_for_more.set()
        if not self._under_way:
            self._none_under_way.set()
        if answer.cancelled():
            return
        if isinstance(answer.exception(), NotStored):
            self.socket.end_soon(TRY_AGAIN)
            return
        self.socket.say_soon(self._sign(sent, answer.result()))

    def _sign(self, sent: Sent, appended: Appended | None) -> dict[str, Any]:
        if appended is None:
            return refused(sent, NotHere(), self.language)
        if appended.room_id != sent.room_id:
            return refused(sent, KeyUsedElsewhere(), self.language)
        return stored(sent, appended.number)

    async def _the_long_way(self, sent: Sent) -> None:
        try:
            number = await posted(self.socket.user_id, self.socket.slug, sent)
        except Refusal as refusal:
            await self.socket.say(refused(sent, refusal, self.language))
        else:
            await self.socket.say(stored(sent, number))

    async def _is_awake(self) -> bool:
        """A device does not lock; a session that nobody has touched for the idle time has."""
        key = self.socket.session_key
        if key is None or (self._awake_until is not None and timezone.now() < self._awake_until):
            return True
        last = await database_sync_to_async(last_deed_at)(key)
        # The first deed of a session that has just been opened is written down after its page.
        self._awake_until = last + idle_time() if last is not None else None
        return self._awake_until is None or timezone.now() < self._awake_until


def read(text: str | None) -> Sent | None:
    """What a frame says, or None where it says nothing that is understood."""
    try:
        said = json.loads(text or "")
        body, answers, asked_of = said["body"], said.get("answers"), said.get("asked_of") or ""
        if not isinstance(body, str) or not (answers is None or is_number(answers)) or asked_of not in ASKED:
            return None
        return Sent(UUID(said["post"]), UUID(said["room"]), body, answers, asked_of, files_in(said))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def files_in(said: dict[str, Any]) -> tuple[UUID, ...]:
    """Ids of uploads; whose they are is asked where they are fetched."""
    told = said.get("files") or []
    if not isinstance(told, list) or len(told) > MOST_FILES:
        raise TypeError
    return tuple(UUID(one) for one in told)


def is_number(said: object) -> bool:
    """Of a message, as a room may have it."""
    return isinstance(said, int) and not isinstance(said, bool) and 0 < said < 2**53


@database_sync_to_async
def posted(user_id: UUID, slug: str, sent: Sent) -> int:
    """Post as a form does: through the doors of environment and room, refusals in the ledger."""
    with recorded(user := User.objects.get(pk=user_id)):
        environment, member = environment_for(user, slug)
    with fence(environment=environment), recorded(member):
        room = room_for(member, sent.room_id)
        told: dict[str, Any] = {
            "body": sent.body,
            "answers": sent.answers,
            "asked_of": sent.asked_of,
            "files": sent.files,
        }
        return post(room=room, client_key=sent.client_key, by=member, **told).number


@contextmanager
def recorded(by: User | Member) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        audit.refused(verb="rooms.posted", refusal=refusal, by=by)
        raise


def stored(sent: Sent, number: int) -> dict[str, Any]:
    return {"stored": str(sent.client_key), "room": str(sent.room_id), "message": number}


def refused(sent: Sent | None, refusal: Refusal, language: str) -> dict[str, Any]:
    with translation.override(language):
        said = refusal.said
    about = {} if sent is None else {"room": str(sent.room_id)}
    return {"refused": None if sent is None else str(sent.client_key), **about, "why": refusal.code, "said": said}
