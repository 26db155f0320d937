"""The process's hub: it hears facts from the bus, reads each message once, and writes the same bytes to every socket
whose member may read that room now.

An index from rooms to sockets stands for "may read now". It is rebuilt from the access rule for a person whenever a
fact says that their access changed, before anything told later is delivered, and at the moment when access ends by
itself, for which each environment has a clock. Facts are worked through one batch after another: what was revoked before a message is closed before it.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Set
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.kernel.bus import Bus, Fact
from apps.rooms import reading
from apps.rooms.clock import Clock
from apps.rooms.frames import CATCH_UP, NOTIFIED, Frame, closed, encoded, mark_in
from apps.rooms.listener import Listener
from apps.rooms.tallies import Tallies
from apps.rooms.writer import Writer

log = logging.getLogger("carenet.hub")

# Close codes, as documented for clients: sign in (again); access has ended; the screen is locked.
SIGN_IN, ENDED, LOCKED = 4401, 4403, 4423
SECONDS_BETWEEN_LOOKS = 30
SECONDS_UNTIL_ANOTHER_RING = 1.0

Ids = Set[UUID]
NOBODY: Ids = frozenset()
# What is due later than this is left to the worker, who forgets nothing.
SECONDS_WATCHED = 60


# What a person has done in a room for themselves, and the sign with which their other screens hear of it.
OF_ONESELF = {"rooms.draft_moved": "drafted", "rooms.pin_moved": "pinned", "rooms.message_marked": "marked"}


class Hub:
    """All listeners of one process. Every method runs on the process's event loop."""

    def __init__(self) -> None:
        self.bus = Bus(heard=self.heard, back=self.back)
        self.writer = Writer()
        self.tallies = Tallies(lambda room_id: self.of_room.get(room_id, ()))
        self.listeners: set[Listener] = set()
        self.of_member: defaultdict[UUID, set[Listener]] = defaultdict(set)
        self.of_room: defaultdict[UUID, set[Listener]] = defaultdict(set)
        # The highest number this process has handed out, for rooms somebody here listens to.
        self.delivered: dict[UUID, int] = {}
        self.clocks: dict[UUID, Clock] = {}
        # The last change told of, for those of these rooms in which something was changed.
        self.changes: dict[UUID, int] = {}
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
        await self._wind(listener.environment_id)
        await self.rebuild([listener])

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        self._forget(self.of_member, listener.member_id, listener)
        for room_id in listener.rooms:
            self._forget(self.of_room, room_id, listener)

    def may_write(self, listener: Listener, room_id: UUID) -> bool:
        """Whether this person surely may write in the room at present: never true while that cannot be known."""
        if not self.bus.is_listening or listener not in self.listeners or room_id not in listener.writable:
            return False
        clock = self.clocks.get(listener.environment_id)
        return clock is not None and clock.is_true

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
            self.delivered.setdefault(room_id, standing.rooms[room_id].last_number)
        first_time, listener.placed = not listener.placed, True
        listener.rooms = {room.room_id: room.shown_from for room in standing.rooms.values()}
        listener.writable = frozenset(room.room_id for room in standing.rooms.values() if room.is_plainly_writable)
        listener.names, listener.names_in = standing.names, standing.names_in
        listener.organization_id = standing.organization_id
        if not first_time:
            for room_id in gone:
                await listener.say({"closed": str(room_id)})
            for room_id in come:
                await listener.say({"opened": str(room_id)})

    # -- what changes by itself

    async def _wind(self, environment_id: UUID) -> None:
        """Let the environment have a clock from now on, while anybody of it listens."""
        if environment_id not in self.clocks:
            clock = self.clocks[environment_id] = Clock(environment_id, self._ring)
            clock.set(await reading.next_change_in(environment_id))

    def _ring(self, clock: Clock) -> None:
        # The loop keeps only a weak hold on a task.
        task = asyncio.get_running_loop().create_task(self._rung(clock))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _rung(self, clock: Clock) -> None:
        """Ask again for everybody for whom something has begun or ended by itself since the clock was last looked at."""
        until = timezone.now()
        clock.begin()
        try:
            changed, following = await reading.changed_in(clock.environment_id, clock.seen, until)
            await self._members_changed(changed.members)
            await self._clients_changed(clock.environment_id, changed.clients, anew=changed.shown_anew)
        except Exception:
            log.exception("hub: could not see what has changed by itself; it is asked again")
            clock.ring_again_in(SECONDS_UNTIL_ANOTHER_RING)
            return
        if self.clocks.get(clock.environment_id) is clock:
            clock.done(until, following)

    async def _members_changed(self, members: Iterable[UUID]) -> None:
        await self.rebuild([listener for member_id in members for listener in self.of_member.get(member_id, ())])

    def _stop_idle_clocks(self) -> None:
        heard = {listener.environment_id for listener in self.listeners}
        for environment_id in self.clocks.keys() - heard:
            self.clocks.pop(environment_id).stop()

    async def stop(self) -> None:
        """Hear and write nothing more, as at the end of the process."""
        for clock in self.clocks.values():
            clock.stop()
        self.clocks.clear()
        await self.bus.stop()
        await self.writer.stop()
        await self.tallies.stop()

    def _forget(self, index: defaultdict[UUID, set[Listener]], key: UUID, listener: Listener) -> None:
        index[key].discard(listener)
        if not index[key]:
            del index[key]
            if index is self.of_room:
                self.delivered.pop(key, None)
                self.changes.pop(key, None)

    async def _watch(self) -> None:
        """While anybody listens, look now and then for sessions that have locked, and for clocks that nobody needs."""
        while self.listeners:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            self._stop_idle_clocks()
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

    async def _message_changed(self, fact: Fact) -> None:
        """Read what has become of the room's messages since the last change that was told of, once for all."""
        room_id, change = UUID(fact["room_id"]), int(fact["change"])
        known = self.changes.get(room_id, change - 1)
        if room_id not in self.of_room or change <= known:
            return
        for frame in await reading.changes_after(room_id, UUID(fact["environment_id"]), known):
            self.changes[room_id] = max(self.changes.get(room_id, 0), frame.message.change or 0)
            await self._write(frame)

    async def _write(self, frame: Frame) -> None:
        if frame.message.asked_of:
            self.tallies.later(frame.room_id, frame.message.environment_id)
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
            case "rooms.message_changed":
                await self._message_changed(fact)
            case _:
                await self._to_one_person(fact)

    async def _to_one_person(self, fact: Fact) -> None:
        match fact["is"]:
            case "rooms.mark_moved":
                await self._tell(fact["member_id"], {"read": int(fact["number"]), "room": fact["room_id"]})
                self.tallies.later(UUID(fact["room_id"]), UUID(fact["environment_id"]))
            case "rooms.reacted":
                about = {"room": fact["room_id"], "kind": fact["kind"], "is_on": fact["is_on"] == "1"}
                await self._tell(fact["member_id"], {"reacted": int(fact["number"]), **about})
            case "rooms.message_waits":
                await self._message_waits(fact)
            case name if name in OF_ONESELF:
                await self._tell(fact["member_id"], {OF_ONESELF[name]: fact["room_id"], **mark_in(fact)})
            case "notices.notified":
                await self._tell(fact["member_id"], NOTIFIED)
            case _:
                await self._of_readers(fact)

    async def _of_readers(self, fact: Fact) -> None:
        """What readers do with a message beside talking."""
        match fact["is"]:
            case "rooms.handling_changed":
                await self._handling_changed(fact)
            case "notes.note_changed":
                await self._note_changed(fact)
            case "rooms.acknowledged":
                await self._tell(fact["member_id"], {"confirmed": int(fact["number"]), "room": fact["room_id"]})
                self.tallies.later(UUID(fact["room_id"]), UUID(fact["environment_id"]))
            case _:
                await self._sign_in_ended(fact)

    async def _handling_changed(self, fact: Fact) -> None:
        """For the people of that organization alone who hear the room."""
        about = {"handling": int(fact["number"]), "room": fact["room_id"]}
        for listener in list(self.of_room.get(UUID(fact["room_id"]), ())):
            if str(listener.organization_id) == fact["organization_id"]:
                await listener.say(about)

    async def _note_changed(self, fact: Fact) -> None:
        """For those who are shown the room from before the note was begun on: to others it does not exist."""
        about = {"noted": int(fact["number"]), "room": fact["room_id"]}
        room_id, begun_at = UUID(fact["room_id"]), datetime.fromisoformat(fact["begun_at"])
        for listener in list(self.of_room.get(room_id, ())):
            shown_from = listener.rooms.get(room_id)
            if shown_from is None or begun_at >= shown_from:
                await listener.count(about)

    async def _message_waits(self, fact: Fact) -> None:
        """Tell the author's screens, and send it when it is due, or at once where that has passed already; a process that
        sends second, and one that is told of what was taken back, finds nothing."""
        await self._tell(fact["member_id"], {"waiting": fact["room_id"]})
        seconds = int(fact["milliseconds"]) / 1000
        if seconds <= SECONDS_WATCHED:
            author, environment = UUID(fact["member_id"]), UUID(fact["environment_id"])
            asyncio.get_running_loop().call_later(seconds + 0.05, self._soon, reading.send_due, author, environment)

    def _soon(self, work: Callable[..., Coroutine[Any, Any, None]], *about: Any) -> None:
        # The loop keeps only a weak hold on a task.
        task = asyncio.get_running_loop().create_task(work(*about))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

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
        member_id, environment_id = UUID(fact["member_id"]), UUID(fact["environment_id"])
        await self.rebuild(guests | self.of_member.get(member_id, set()))
        if environment_id in self.clocks:
            self._hurry(environment_id, await reading.next_change_of(environment_id, member_id))

    def _hurry(self, environment_id: UUID, moment: datetime | None) -> None:
        """What has just been written may end before anything that was known of."""
        if environment_id in self.clocks:
            self.clocks[environment_id].set_earlier(moment)

    async def _room_archived(self, fact: Fact) -> None:
        """Nobody writes there without a second look any more, not even when it is open again; screens show anew what it is."""
        room_id = UUID(fact["room_id"])
        for listener in list(self.of_room.get(room_id, ())):
            listener.writable -= {room_id}
            await listener.say({"changed": str(room_id)})

    async def _client_changed(self, fact: Fact) -> None:
        also = {UUID(fact["member_id"])} if "member_id" in fact else set()
        client_id = UUID(fact["client_id"])
        anew = {client_id} if fact.get("shown_anew") else set()
        await self._clients_changed(UUID(fact["environment_id"]), [client_id], anew=anew, also=also)

    async def _clients_changed(
        self, environment_id: UUID, clients: Iterable[UUID], *, anew: Ids = NOBODY, also: Ids = NOBODY
    ) -> None:
        """Ask again for everybody who may have one of them on a screen; who sees them no longer is told to clear it.

        Of those in `anew` whoever sees them may be told more than before, or less: open pages take it up again.
        """
        concerned = {client_id: await reading.concerned_by(client_id, environment_id) for client_id in clients}
        members = {client_id: one.members | also for client_id, one in concerned.items()}
        await self._members_changed(set().union(*members.values()))
        for client_id, one in concerned.items():
            self._hurry(environment_id, one.changes_at)
            for member_id in members[client_id] - one.seeing:
                await self._tell(str(member_id), closed(str(client_id), one.why.get(member_id, "other")))
            for member_id in one.seeing if client_id in anew else ():
                await self._tell(str(member_id), {"client_changed": str(client_id)})

    async def _tell(self, member_id: str, sign: dict[str, Any]) -> None:
        for listener in list(self.of_member.get(UUID(member_id), ())):
            await listener.say(sign)

    async def _end(self, concerned: list[Listener], code: int = SIGN_IN) -> None:
        for listener in concerned:
            self.leave(listener)
            await listener.end(code)

    async def back(self) -> None:
        """The line to the bus stands (again): whatever was told meanwhile is asked of the rows."""
        for clock in list(self.clocks.values()):
            self._ring(clock)
        await self.rebuild(list(self.listeners))
        text = encoded(CATCH_UP)
        for listener in list(self.listeners):
            await listener.write(text)


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
