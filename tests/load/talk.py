"""People who talk in rooms over their sockets: how many messages a second, and how long each takes to the last of the room.

    python -m tests.load.talk TOWN.json PORT [PORT …] [--rate 400 | --outstanding 8] [--seconds 10]

TOWN.json is written by `manage.py seed_rooms`. Everybody who is named in a room has one socket; of several ports each gets
its share of them. At a rate, messages are sent
when they are due whether or not those before have arrived, and their time counts from when they were due.
"""

import argparse
import asyncio
import json
import statistics
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvloop

from tests.load.wire import Talker, now

BODY = "本日の様子：食事は全量、血圧一三二の七八。" * 4
SECONDS_TO_ARRIVE = 15.0


@dataclass
class Under:
    """A message on its way: when it was due, and how many are still to hear it."""

    due: float
    missing: int


@dataclass
class Talk:
    """What happened. Times are in seconds."""

    began: float = 0.0
    ended: float = 0.0
    deliveries: int = 0
    doubled: int = 0
    took: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    refused: int = 0
    under_way: dict[bytes, Under] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    @property
    def messages_a_second(self) -> float:
        return len(self.took) / self.seconds

    @property
    def deliveries_a_second(self) -> float:
        return self.deliveries / self.seconds

    @property
    def lost(self) -> int:
        return sum(one.missing for one in self.under_way.values())

    def at(self, share: float) -> float:
        """Milliseconds within which this share of the messages had reached the last of their room."""
        took = sorted(self.took) or [0.0]
        return 1000 * took[min(len(took) - 1, int(len(took) * share))]

    @property
    def median_answer(self) -> float:
        return 1000 * statistics.median(self.answered or [0.0])


class Crowd:
    """Everybody of a town, connected."""

    def __init__(self, town: dict[str, Any]) -> None:
        self.town = town
        self.rooms = [(room["id"], room["members"]) for room in town["rooms"]]
        self.people: dict[int, Talker] = {}
        self.talk = Talk()
        self.free = asyncio.Event()

    async def come(self, *ports: int, at_once: int = 50) -> None:
        """Connect everybody, so many at a time; return when all are ready."""
        loop = asyncio.get_running_loop()
        places = sorted({place for _, members in self.rooms for place in members})
        for start in range(0, len(places), at_once):
            made = await asyncio.gather(
                *(
                    loop.create_connection(
                        lambda place=place: Talker(  # type: ignore[misc]
                            host=f"localhost:{ports[place % len(ports)]}",
                            path=f"/e/{self.town['slug']}/ws/",
                            token=self.town["tokens"][place],
                            heard=self.hear,
                        ),
                        "127.0.0.1",
                        ports[place % len(ports)],
                    )
                    for place in places[start : start + at_once]
                )
            )
            await asyncio.gather(*(talker.ready for _, talker in made))
            self.people |= {place: made[nth][1] for nth, place in enumerate(places[start : start + at_once])}

    def go(self) -> None:
        for talker in self.people.values():
            talker.transport.close()

    def say(self, nth: int, due: float) -> None:
        """The next message: the rooms take turns, and in each room its members."""
        room_id, members = self.rooms[nth % len(self.rooms)]
        who = members[nth // len(self.rooms) % len(members)]
        key = str(uuid4())
        self.talk.under_way[key.encode()] = Under(due, len(members))
        self.people[who].say(key, room_id, BODY)

    def hear(self, text: bytes) -> None:
        if text.startswith(b'{"message":'):
            at = text.rindex(b'"client_key":"') + 14
            self.delivered(text[at : at + 36])
        elif text.startswith(b'{"stored":"'):
            one = self.talk.under_way.get(text[11:47])
            if one is not None:
                self.talk.answered.append(now() - one.due)
        elif text.startswith(b'{"refused":'):
            self.talk.refused += 1

    def delivered(self, key: bytes) -> None:
        self.talk.deliveries += 1
        one = self.talk.under_way.get(key)
        if one is None:
            self.talk.doubled += 1
            return
        one.missing -= 1
        if not one.missing:
            self.talk.took.append(now() - one.due)
            self.talk.ended = now()
            # The answer may come after the last delivery.
            asyncio.get_running_loop().call_later(2, self.talk.under_way.pop, key, None)
            self.free.set()

    async def at_rate(self, rate: float, seconds: float) -> Talk:
        self.talk = Talk(began=now())
        for nth in range(int(rate * seconds)):
            due = self.talk.began + nth / rate
            if (wait := due - now()) > 0.001:
                await asyncio.sleep(wait)
            elif nth % 64 == 0:
                await asyncio.sleep(0)
            self.say(nth, due)
        return await self.all_arrived(int(rate * seconds))

    async def outstanding(self, many: int, seconds: float) -> Talk:
        self.talk = Talk(began=now())
        for nth in count():
            while nth - len(self.talk.took) >= many:
                self.free.clear()
                await self.free.wait()
            if now() - self.talk.began > seconds:
                return await self.all_arrived(nth)
            self.say(nth, now())
        raise AssertionError

    async def all_arrived(self, said: int) -> Talk:
        until = now() + SECONDS_TO_ARRIVE
        while len(self.talk.took) + self.talk.refused < said and now() < until:
            await asyncio.sleep(0.01)
        self.talk.ended = self.talk.ended or now()
        self.talk.under_way = {key: one for key, one in self.talk.under_way.items() if one.missing}
        return self.talk


async def talked(
    town: dict[str, Any], ports: list[int], *, rate: float = 0, outstanding: int = 0, seconds: float = 10
) -> Talk:
    crowd = Crowd(town)
    await crowd.come(*ports)
    try:
        # A little beforehand, so that plans are made and pages are in memory.
        await crowd.outstanding(4, 1)
        return await (crowd.at_rate(rate, seconds) if rate else crowd.outstanding(outstanding, seconds))
    finally:
        crowd.go()


def run(town: dict[str, Any], ports: list[int], **how: Any) -> Talk:
    return uvloop.run(talked(town, ports, **how))


def said(talk: Talk) -> str:
    return (
        f"{talk.messages_a_second:>9,.0f}{talk.deliveries_a_second:>14,.0f}{talk.median_answer:>9.1f}"
        f"{talk.at(0.5):>9.1f}{talk.at(0.99):>9.1f}{talk.lost:>6}{talk.doubled:>6}{talk.refused:>6}"
    )


HEADING = f"{'msg/s':>9}{'deliveries/s':>14}{'ack p50':>9}{'all p50':>9}{'all p99':>9}{'lost':>6}{'twice':>6}{'no':>6}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("town", type=Path)
    asked.add_argument("ports", type=int, nargs="+", metavar="PORT")
    asked.add_argument("--rate", type=float, default=0)
    asked.add_argument("--outstanding", type=int, default=8)
    asked.add_argument("--seconds", type=float, default=10)
    how = vars(asked.parse_args())
    town = json.loads(how.pop("town").read_text())
    print(HEADING)
    print(said(run(town, **how)))


if __name__ == "__main__":
    main()
