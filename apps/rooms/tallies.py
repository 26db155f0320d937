"""How many have seen what was written, and have confirmed it: gathered for a moment, read once for a room, told to the screens it concerns.

A room in which hundreds read at once is told of once a second; where many rooms are, each waits its turn, so that reading
never stands in the way of talk.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from apps.rooms import reading
from apps.rooms.listener import Listener
from apps.rooms.models import SeenShown

log = logging.getLogger("carenet.tallies")

SECONDS_GATHERED = 1.0
SECONDS_BETWEEN_ROOMS = 0.02


class Tallies:
    """All methods run on the process's event loop."""

    def __init__(self, listening: Callable[[UUID], Iterable[Listener]]) -> None:
        # Who listens to a room at present.
        self._listening = listening
        self._waiting: dict[UUID, UUID] = {}
        self._task: asyncio.Task[None] | None = None

    def later(self, room_id: UUID, environment_id: UUID) -> None:
        """Somebody has read further there: whoever it concerns and listens is told within about a second."""
        if not any(self._listening(room_id)):
            return
        self._waiting[room_id] = environment_id
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._tell(), name="carenet tallies")

    async def told(self) -> None:
        """Returns when everything that was gathered has been told."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def stop(self) -> None:
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _tell(self) -> None:
        while self._waiting:
            await asyncio.sleep(SECONDS_GATHERED)
            for room_id in list(self._waiting):
                environment_id = self._waiting.pop(room_id, None)
                if environment_id is not None:
                    await self._tell_of(room_id, environment_id)
                    await asyncio.sleep(SECONDS_BETWEEN_ROOMS)

    async def _tell_of(self, room_id: UUID, environment_id: UUID) -> None:
        try:
            tally = await reading.seen_in(room_id, environment_id)
            for listener in list(self._listening(room_id)):
                counts = concerning(listener, tally, listener.rooms.get(room_id))
                if counts:
                    await listener.count({"seen": counts, "room": str(room_id)})
                confirmed = confirmed_for(listener, tally, listener.rooms.get(room_id))
                if confirmed:
                    await listener.count({"acknowledged": confirmed, "room": str(room_id)})
        except Exception:
            log.exception("tallies: could not say how many have seen what; the next sight says it")


def concerning(listener: Listener, tally: "reading.Tally", shown_from: datetime | None) -> dict[str, int]:
    """The counts of the messages of which this listener is told: one's own, or all that are shown to them."""
    return {
        str(message.number): tally.counts[message.number]
        for message in tally.messages
        if message.number in tally.counts
        and (tally.shown == SeenShown.READERS or message.author_id == listener.member_id)
        and (shown_from is None or message.posted_at >= shown_from)
    }


def confirmed_for(
    listener: Listener, tally: "reading.Tally", shown_from: datetime | None
) -> dict[str, tuple[int, int, bool]]:
    """Of each message that asks for it: how many have confirmed, of how many, and whether it waits for this listener no
    more. A guest is told of their own organization alone."""
    if listener.organization_id is None:
        return {}
    only = None if listener.names.are_everybodys else listener.organization_id
    told = {}
    for number, standing in tally.asks.items():
        if shown_from is None or standing.message.posted_at >= shown_from:
            count = standing.count(only)
            waits = standing.waits_for(listener.member_id, listener.organization_id)
            told[str(number)] = (count.done, count.of, not waits)
    return told
