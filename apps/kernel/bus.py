"""What every process hears: facts carried by PostgreSQL's NOTIFY, told only if and when their transaction commits.

A fact carries ids and nothing else. It cannot announce what did not commit, it arrives in the order of commits, and a
committed fact is lost only for a process that is not connected: such a process asks the rows again when it is back.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import psycopg
from django.db import connection

CHANNEL = "carenet"
log = logging.getLogger("carenet.bus")

Fact = dict[str, Any]


class Broadcast:
    """A happening that every process hears, itself included, after commit."""

    known: dict[str, "Broadcast"] = {}

    def __init__(self, name: str) -> None:
        self.name = name
        self.known[name] = self

    def announce(self, **facts: object) -> None:
        """Tell it with the transaction that is open, or at once where none is. Ids only: the payload may be 8,000 bytes."""
        payload = json.dumps({"is": self.name, **{key: str(value) for key, value in facts.items()}})
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])

    def announce_each(self, facts: Iterable[Mapping[str, object]]) -> None:
        """The same of many, in one statement."""
        payloads = [json.dumps({"is": self.name, **{key: str(value) for key, value in one.items()}}) for one in facts]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, told) FROM unnest(%s::text[]) AS told", [CHANNEL, payloads])


class Bus:
    """One process's ear: a connection of its own that listens, and hands on what it heard in batches, in order."""

    def __init__(self, *, heard: Callable[[list[Fact]], Awaitable[None]], back: Callable[[], Awaitable[None]]) -> None:
        self._heard = heard
        self._back = back
        self._task: asyncio.Task[None] | None = None
        self.is_listening = False

    def start(self) -> None:
        """Begin to listen on the running event loop; a second call does nothing."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen_for_ever(), name="carenet bus")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
            self.is_listening = False

    async def until_listening(self) -> None:
        self.start()
        while not self.is_listening:
            await asyncio.sleep(0.01)

    async def _listen_for_ever(self) -> None:
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._listen()
            except Exception:
                # Whatever it was, the ear must not stay deaf: the line is taken up again, and the rows are asked.
                log.exception("bus: lost the line")
            self.is_listening = False
            # A line that held for a while is taken up at once; one that does not hold is not hammered.
            lasted = asyncio.get_running_loop().time() - began
            await asyncio.sleep(0.1 if lasted > 5 else 1.0)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(**listening(), autocommit=True) as line:
            await line.execute(f"LISTEN {CHANNEL}")
            # Whatever was told while nobody listened is asked of the rows.
            await self._back()
            self.is_listening = True
            while True:
                batch = [notice async for notice in line.notifies(timeout=None, stop_after=1)]
                # What has queued behind the first one is taken along: one read of the rows serves all of it.
                batch += [notice async for notice in line.notifies(timeout=0)]
                await self._hand_on([json.loads(notice.payload) for notice in batch])

    async def _hand_on(self, facts: list[Fact]) -> None:
        try:
            await self._heard(facts)
        except Exception:
            log.exception("bus: a listener failed")
            # What it did not get to is in the rows; if they cannot be asked either, the line is taken up anew.
            await asyncio.sleep(0.2)
            await self._back()


def listening() -> dict[str, Any]:
    """How to connect apart from Django's pool: the same address, without what only Django understands."""
    parameters = dict(connection.get_connection_params())
    for django_only in ("context", "cursor_factory", "prepare_threshold"):
        parameters.pop(django_only, None)
    return parameters
