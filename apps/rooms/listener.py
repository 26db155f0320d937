"""One end of a live connection, a socket or a waiting poll, as the hub knows it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.environments.names import NOBODYS, Names
from apps.rooms.frames import Frame, encoded, on_the_wire

# A reader that lets this much pile up is cut off; it comes back and catches up from its last number.
MOST_WAITING_BYTES = 262_144


class Listener:
    """A member's live connection. What it may hear is decided by the hub; how it is written is decided here."""

    def __init__(
        self,
        *,
        user_id: UUID,
        member_id: UUID,
        environment_id: UUID,
        slug: str,
        form: str = "json",
        language: str = settings.LANGUAGE_CODE,
    ) -> None:
        self.user_id = user_id
        self.member_id = member_id
        self.environment_id = environment_id
        self.slug = slug
        self.form = form
        # In which what is written for people comes.
        self.language = language
        # Known for sessions only; a device's token does not lock. The key stays in this process, its hash is its name.
        self.session_key: str | None = None
        self.session_hash: str | None = None
        self.device_id: UUID | None = None
        # Room → the moment before which nothing of it is shown; None where everything is.
        self.rooms: dict[UUID, datetime | None] = {}
        # Of these, the rooms this member may surely write in.
        self.writable: frozenset[UUID] = frozenset()
        # Known when the hub has asked.
        self.organization_id: UUID | None = None
        # Until the hub has asked, nobody's.
        self.names = NOBODYS
        # Room → fewer names, where its client is protected and this person has not been let in.
        self.names_in: dict[UUID, Names] = {}
        self.placed = False

    async def hear(self, frame: Frame) -> None:
        """Write a message, unless it is from before what this member is shown of the room."""
        shown_from = self.rooms.get(frame.room_id)
        if shown_from is None or frame.message.posted_at >= shown_from:
            names = self.names_in.get(frame.room_id, self.names)
            await self.write(frame.text(self.form, names, shown_from, self.member_id, self.language))

    async def say(self, sign: dict[str, Any]) -> None:
        await self.write(encoded(sign))

    async def count(self, sign: dict[str, Any]) -> None:
        """Say a number that is only looked at: nothing has to be fetched for it."""
        await self.say(sign)

    async def write(self, text: bytes) -> None:
        raise NotImplementedError

    async def end(self, code: int) -> None:
        raise NotImplementedError


class Socket(Listener):
    """A WebSocket. Where the server lends its transport, the frame's bytes are written to it as they are."""

    def __init__(self, *, send: Callable[[dict[str, Any]], Awaitable[None]], transport: Any, **who: Any) -> None:
        super().__init__(**who)
        self._send = send
        self._transport = transport
        self._saying: set[asyncio.Task[None]] = set()

    async def write(self, text: bytes) -> None:
        if self._transport is None:
            await self._tell({"type": "websocket.send", "text": text.decode()})
        else:
            self._write_bytes(on_the_wire(text))

    def say_soon(self, sign: dict[str, Any]) -> None:
        """Say something from where nothing can be waited for."""
        if self._transport is None:
            self._soon(self.say(sign))
        else:
            self._write_bytes(on_the_wire(encoded(sign)))

    def end_soon(self, code: int) -> None:
        self._soon(self.end(code))

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        # The loop keeps only a weak hold on a task.
        task = asyncio.get_running_loop().create_task(work)
        self._saying.add(task)
        task.add_done_callback(self._saying.discard)

    def _write_bytes(self, frame: bytes) -> None:
        transport = self._transport
        if transport.get_write_buffer_size() > MOST_WAITING_BYTES:
            transport.abort()
        elif not transport.is_closing():
            transport.write(frame)

    async def end(self, code: int) -> None:
        await self._tell({"type": "websocket.close", "code": code})

    async def _tell(self, event: dict[str, Any]) -> None:
        # A peer that has gone is no reason for the others to wait: its own task notices and leaves the hub.
        with suppress(OSError, RuntimeError):
            await self._send(event)


class Waiter(Listener):
    """A long poll: it wakes at the first frame of its room, or when its access ends."""

    def __init__(self, *, room_id: UUID, **who: Any) -> None:
        super().__init__(**who)
        self.room_id = room_id
        self.woken = asyncio.Event()

    async def hear(self, frame: Frame) -> None:
        if frame.room_id == self.room_id:
            self.woken.set()

    async def count(self, sign: dict[str, Any]) -> None:
        """No reason to wake: the next answer has it."""

    async def write(self, text: bytes) -> None:
        # Any sign (closed, catch up) may concern the room: the poll asks again through its door.
        self.woken.set()

    async def end(self, code: int) -> None:
        self.woken.set()
