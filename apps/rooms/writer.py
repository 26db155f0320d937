"""The process's writer of messages that come over sockets: whatever waits is stored by one statement, and the next group
gathers meanwhile. One statement at a time, so what a person sends keeps its order.

Whoever asks has been let through the door (`rooms.sending`); the statement asks once more who is in the room.
"""

import asyncio
import logging
from time import monotonic
from typing import NamedTuple

import psycopg

from apps.kernel.bus import listening
from apps.rooms.actions import APPEND, Appended, Outgoing, arguments

log = logging.getLogger("carenet.writer")

# More at once makes a statement longer and nothing faster (measured: 256 and 1,024 store equally many a second).
MOST_AT_ONCE = 256
# A database that is away for longer is told to the sender, whose device keeps the message and sends it again.
SECONDS_TO_STORE = 15.0


class NotStored(Exception):
    """The database could not be reached in time. Nobody knows whether the message was stored; its key tells."""


class Waiting(NamedTuple):
    message: Outgoing
    answer: "asyncio.Future[Appended | None]"
    since: float


class Writer:
    """All methods run on the process's event loop."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._something = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def store(self, message: Outgoing) -> "asyncio.Future[Appended | None]":
        """Where the message stands, once it is stored with its ledger entry; None if its author is not in the room.

        Fails with NotStored when the database stays away.
        """
        loop = asyncio.get_running_loop()
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._store_for_ever(), name="carenet writer")
        answer: asyncio.Future[Appended | None] = loop.create_future()
        self._waiting.append(Waiting(message, answer, monotonic()))
        self._something.set()
        return answer

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _store_for_ever(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**listening(), autocommit=True) as line:
                    while True:
                        await self._something.wait()
                        await self._store_next(line)
            except psycopg.OperationalError:
                log.warning("writer: lost the line; what waits is stored when it is back")
            self._give_up_the_late()
            await asyncio.sleep(0.1)

    async def _store_next(self, line: psycopg.AsyncConnection) -> None:
        """Store what waits longest. It is taken out only when that is done: after a lost line it goes again, and
        what was stored already is recognised by its key."""
        group = self._waiting[:MOST_AT_ONCE]
        try:
            stored = await stored_by(line, group)
        except psycopg.OperationalError:
            raise
        except psycopg.Error as error:
            if line.closed:
                # Whatever it was called: a new line is needed, not another try on this one.
                raise psycopg.OperationalError from error
            # One of them cannot be stored, or its key is on the way through another door: each is asked by itself.
            stored = await one_by_one(line, group)
        del self._waiting[: len(group)]
        if not self._waiting:
            self._something.clear()
        for one in group:
            if not one.answer.done():
                found = stored.get((one.message.author_id, one.message.client_key))
                if isinstance(found, Exception):
                    one.answer.set_exception(found)
                else:
                    one.answer.set_result(found)

    def _give_up_the_late(self) -> None:
        now = monotonic()
        late = [one for one in self._waiting if now - one.since > SECONDS_TO_STORE]
        self._waiting = [one for one in self._waiting if now - one.since <= SECONDS_TO_STORE]
        if not self._waiting:
            self._something.clear()
        for one in late:
            if not one.answer.done():
                one.answer.set_exception(NotStored())


Key = tuple[object, object]


async def stored_by(line: psycopg.AsyncConnection, group: list[Waiting]) -> "dict[Key, Appended | Exception]":
    cursor = await line.execute(APPEND, arguments([one.message for one in group]), prepare=True)
    return {(row[0], row[1]): Appended(*row) for row in await cursor.fetchall()}


async def one_by_one(line: psycopg.AsyncConnection, group: list[Waiting]) -> "dict[Key, Appended | Exception]":
    stored: dict[Key, Appended | Exception] = {}
    for one in group:
        try:
            try:
                stored |= await stored_by(line, [one])
            except psycopg.errors.UniqueViolation:
                stored |= await stored_by(line, [one])
        except psycopg.OperationalError:
            raise
        except psycopg.Error:
            log.exception("writer: a message could not be stored")
            stored[one.message.author_id, one.message.client_key] = NotStored()
    return stored
