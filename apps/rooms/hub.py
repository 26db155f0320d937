"""The process's hub: it hears facts from the bus, reads each message once, and writes the same bytes to every socket
whose member may read that room now.

An index from rooms to sockets stands for "may read now". It is rebuilt from the access rule for a person whenever a
fact says that their access changed, before anything told later is delivered, and at the moment when access ends by
itself. Facts are worked through one batch after another: what was revoked before a message is closed before it.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.kernel.bus import Bus, Fact
from apps.rooms import reading
from apps.rooms.frames import CATCH_UP, NOTIFIED, Frame, encoded
from apps.rooms.listener import Listener
from apps.rooms.writer import Writer

log = logging.getLogger("carenet.hub")

# Close codes, as documented for clients: sign in (again); access has ended; the screen is locked.
SIGN_IN, ENDED, LOCKED = 4401, 4403, 4423
SECONDS_BETWEEN_LOOKS = 30


class Hub:
    """All listeners of one process. Every method runs on the process's event loop."""

    def __init__(self) -> None:
        self.bus = Bus(heard=self.heard, back=self.back)
        self.writer = Writer()
        self.listeners: set[Listener] = set()
        self.of_member: defaultdict[UUID, set[Listener]] = defaultdict(set)
        self.of_room: defaultdict[UUID, set[Listener]] = defaultdict(set)
        # The highest number this process has handed out, for rooms somebody here listens to.
        self.delivered: dict[UUID, int] = {}
        # One rebuilding of the index at a time, so that an older answer never replaces a newer one.
        self._rebuilding = asyncio.Lock()
        self._asking: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None

    # -- coming and going

    async def join(self, listener: Listener) -> None:
        """Take a listener in: from the return of this call on, nothing it may read is missed."""
        await self.bus.until_listening()
        self.listeners.add(listener)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.get_running_loop().create_task(self._watch(), name="carenet idle watch")
        self.of_member[listener.member_id].add(listener)
        await self.rebuild([listener])

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        self._forget(self.of_member, listener.member_id, listener)
        for room_id in listener.rooms:
            self._forget(self.of_room, room_id, listener)
        if listener.timer is not None:
            listener.timer.cancel()

    def may_write(self, listener: Listener, room_id: UUID) -> bool:
        """Whether this person surely may write in the room at present: never true while that cannot be known."""
        if not self.bus.is_listening or listener not in self.listeners or room_id not in listener.writable:
            return False
        return listener.changes_at is None or timezone.now() < listener.changes_at

    async def rebuild(self, listeners: Iterable[Listener]) -> None:
        """Ask the access rule again what these listeners may read, and change the index to the answer."""
        async with self._rebuilding:
            for listener in [one for one in listeners if one in self.listeners]:
                standing = await reading.standing_of(listener)
                if standing is None:
                    self.leave(listener)
                    await listener.end(ENDED)
                else:
                    await self._place(listener, standing)

    async def _place(self, listener: Listener, standing: reading.Standing) -> None:
        gone = listener.rooms.keys() - standing.rooms.keys()
        come = standing.rooms.keys() - listener.rooms.keys()
        for room_id in gone:
            self._forget(self.of_room, room_id, listener)
        for room_id in come:
            self.of_room[room_id].add(listener)
            # A room nobody here listened to is followed from where it stands; the listener catches up by itself.
            self.delivered.setdefault(room_id, standing.rooms[room_id])
        first_time, listener.rooms, listener.names = not listener.placed, standing.shown_from, standing.names
        listener.names_in, listener.writable = standing.names_in, standing.writable
        listener.excepted = standing.excepted
        listener.placed = True
        listener.changes_at, listener.at_stake = standing.changes_at, standing.at_stake
        self._ask_again_at(listener, standing.changes_in)
        if not first_time:
            for room_id in gone:
                await listener.say({"closed": str(room_id)})
            for room_id in come:
                await listener.say({"opened": str(room_id)})
            for client_id, why in standing.lost.items():
                await listener.say(closed(str(client_id), why))

    def _ask_again_at(self, listener: Listener, seconds: float | None) -> None:
        if listener.timer is not None:
            listener.timer.cancel()
            listener.timer = None
        if seconds is not None:
            loop = asyncio.get_running_loop()
            # A day at the most: a timer of months is asked again on the way.
            wait = min(seconds + 0.05, 86_400)
            listener.timer = loop.call_later(wait, self._ask_again, listener)

    def _ask_again(self, listener: Listener) -> None:
        # The loop keeps only a weak hold on a task.
        task = asyncio.get_running_loop().create_task(self.rebuild([listener]))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def stop(self) -> None:
        """Hear and write nothing more, as at the end of the process."""
        await self.bus.stop()
        await self.writer.stop()

    def _forget(self, index: defaultdict[UUID, set[Listener]], key: UUID, listener: Listener) -> None:
        index[key].discard(listener)
        if not index[key]:
            del index[key]
            if index is self.of_room:
                self.delivered.pop(key, None)

    async def _watch(self) -> None:
        """While anybody listens, look now and then for sessions that have locked."""
        while self.listeners:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            try:
                await self.end_locked()
            except Exception:
                log.exception("hub: could not look for locked sessions")

    async def end_locked(self) -> None:
        """A session that has locked hears nothing more, even where its page has not covered itself."""
        keys = {listener.session_key for listener in self.listeners if listener.session_key is not None}
        locked = await reading.locked_among(keys) if keys else set()
        await self._end([listener for listener in self.listeners if listener.session_key in locked], LOCKED)

    # -- hearing

    async def heard(self, facts: list[Fact]) -> None:
        """Work through a batch in the order of commits: runs of messages together, everything else in its place."""
        news: dict[UUID, UUID] = {}
        for fact in facts:
            if fact["is"] == "rooms.message_posted":
                news[UUID(fact["room_id"])] = UUID(fact["environment_id"])
            else:
                await self.deliver(news)
                news = {}
                await self._other(fact)
        await self.deliver(news)

    async def deliver(self, news: dict[UUID, UUID]) -> None:
        """Read what is new in these rooms once and write it to everybody who may read it."""
        wanted = {room_id: self.delivered[room_id] for room_id in news if room_id in self.of_room}
        for frame in await reading.frames_after(wanted, news):
            if frame.number > self.delivered.get(frame.room_id, 0):
                self.delivered[frame.room_id] = frame.number
                await self._write(frame)

    async def _write(self, frame: Frame) -> None:
        for listener in list(self.of_room.get(frame.room_id, ())):
            await listener.hear(frame)

    async def _other(self, fact: Fact) -> None:
        match fact["is"]:
            case "rooms.membership_changed" | "environments.member_left" | "environments.place_suspended":
                await self._member_changed(fact)
            case "rooms.room_archived":
                await self._room_archived(fact)
            case "clients.access_changed":
                await self._client_changed(fact)
            case "rooms.mark_moved":
                await self._tell(fact["member_id"], {"read": int(fact["number"]), "room": fact["room_id"]})
            case "rooms.pin_moved":
                await self._tell(fact["member_id"], {"pinned": fact["room_id"]})
            case "notices.notified":
                await self._tell(fact["member_id"], NOTIFIED)
            case _:
                await self._sign_in_ended(fact)

    async def _sign_in_ended(self, fact: Fact) -> None:
        match fact["is"]:
            case "accounts.session_ended":
                await self._end([one for one in self.listeners if one.session_hash == fact["session_hash"]])
            case "accounts.device_revoked":
                await self._end([one for one in self.listeners if str(one.device_id) == fact["device_id"]])
            case "accounts.user_deactivated":
                await self._end([one for one in self.listeners if str(one.user_id) == fact["user_id"]])

    async def _member_changed(self, fact: Fact) -> None:
        """Ask again for the member; and for the guests of the room, who have met somebody new: they are shown the name
        from the first message on."""
        there = self.of_room.get(UUID(fact["room_id"]), set()) if "room_id" in fact else set()
        guests = {listener for listener in there if not listener.names.are_everybodys}
        await self.rebuild(guests | self.of_member.get(UUID(fact["member_id"]), set()))

    async def _room_archived(self, fact: Fact) -> None:
        """Nobody writes there without a second look any more, not even when it is open again; screens show anew what it is."""
        room_id = UUID(fact["room_id"])
        for listener in list(self.of_room.get(room_id, ())):
            listener.writable -= {room_id}
            await listener.say({"changed": str(room_id)})

    async def _client_changed(self, fact: Fact) -> None:
        """Ask again for everybody who may have the client on a screen; who sees them no longer is told to clear it."""
        concerned = await reading.concerned_by(UUID(fact["client_id"]), UUID(fact["environment_id"]))
        members = concerned.members | ({UUID(fact["member_id"])} if "member_id" in fact else set())
        await self.rebuild([listener for member_id in members for listener in self.of_member.get(member_id, ())])
        for member_id in members - concerned.seeing:
            await self._tell(str(member_id), closed(fact["client_id"], concerned.why.get(member_id, "other")))

    async def _tell(self, member_id: str, sign: dict[str, Any]) -> None:
        for listener in list(self.of_member.get(UUID(member_id), ())):
            await listener.say(sign)

    async def _end(self, concerned: list[Listener], code: int = SIGN_IN) -> None:
        for listener in concerned:
            self.leave(listener)
            await listener.end(code)

    async def back(self) -> None:
        """The line to the bus stands (again): whatever was told meanwhile is asked of the rows."""
        await self.rebuild(list(self.listeners))
        text = encoded(CATCH_UP)
        for listener in list(self.listeners):
            await listener.write(text)


def closed(client_id: str, why: str) -> dict[str, str]:
    """The sign that a client is not open any more, with the reason as a code."""
    return {"client_closed": client_id, "why": why}


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the event loop that runs this code: one per server process."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for ended in [one for one in _hubs if one.is_closed()]:
            del _hubs[ended]
        _hubs[loop] = Hub()
    return _hubs[loop]


def is_listening() -> bool:
    """Whether every hub of this process that has been used hears the bus; true before anybody has listened."""
    return all(one.bus.is_listening for loop, one in _hubs.items() if not loop.is_closed())
