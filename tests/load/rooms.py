"""What opening rooms takes the server: the list of a person in 300 rooms, twelve of them unread, beside that of somebody in
none; and a page of a room of 100,000 messages, beside one of a room of a hundred."""

import http.client
import os
import statistics
import time
from dataclasses import dataclass
from typing import Any

from tests.load.seeded import seeded
from tests.ownserver import Environ

UNREAD = 12
# What the list and a page may take at the server, in milliseconds (the fourth issue).
LIST, PAGE = 20, 10
LONG, SHORT = int(os.environ.get("LONG", "100000")), 100
WARM, ASKED = 5, 40


@dataclass(frozen=True)
class Taken:
    """Medians in milliseconds of a request and of the one beside it that has next to nothing to find."""

    name: str
    median: float
    beside: float
    limit: int

    @property
    def ratio(self) -> float:
        return self.median / self.beside

    @property
    def holds(self) -> bool:
        return self.median <= self.limit


def leave_unread(town: dict[str, Any]) -> int:
    """Let the first of the people have read all of their rooms but twelve; how many rooms they are in."""
    from django_scopes import scope

    from apps.environments.models import Environment
    from apps.rooms.models import ReadMark, TalkRoom

    environment = Environment.objects.get(slug=town["slug"])
    with scope(environment=environment):
        rooms = list(TalkRoom.objects.filter(memberships__member__user__login_id=f"{town['slug']}-0"))
        of = rooms[0].memberships.get(member__user__login_id=f"{town['slug']}-0").member
        ReadMark.objects.bulk_create(
            [
                ReadMark(environment=environment, room=room, member=of, number=room.last_number)
                for room in rooms[UNREAD:]
            ]
        )
    return len(rooms)


def open_room_list(town: dict[str, Any], idle: str, port: int) -> list[Taken]:
    """The whole request each time, in turns: whatever else the machine does falls on all alike."""
    path = f"/api/v1/e/{town['slug']}/rooms/"
    asked = {"all of them": path, "the unread ones": f"{path}?show=unread"}
    return [
        Taken(name, *in_turns(port, (wanted, town["tokens"][0]), (wanted, idle)), LIST)
        for name, wanted in asked.items()
    ]


def open_long_room(environ: Environ) -> "LongRoom":
    long, short = (
        seeded(environ, f"bench-{size}", people=8, rooms=1, members=8, messages=size) for size in (LONG, SHORT)
    )
    return LongRoom(long, short)


@dataclass(frozen=True)
class LongRoom:
    long: dict[str, Any]
    short: dict[str, Any]

    def pages(self, port: int) -> list[Taken]:
        asked = {"the newest page": "", "a page in the middle": "?before={}", "what came after a number": "?after={}"}
        return [
            Taken(name, *in_turns(port, page(self.long, query, LONG // 2), page(self.short, query, SHORT // 2)), PAGE)
            for name, query in asked.items()
        ]


def page(town: dict[str, Any], query: str, middle: int) -> tuple[str, str]:
    room = town["rooms"][0]["id"]
    return f"/api/v1/e/{town['slug']}/rooms/{room}/messages/{query.format(middle)}", town["tokens"][0]


def in_turns(port: int, *asked: tuple[str, str]) -> list[float]:
    """The medians of requests that are made in turns, in milliseconds."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    took = [[opened(line, *one) for one in asked] for _ in range(WARM + ASKED)][WARM:]
    line.close()
    return [1000 * statistics.median(times) for times in zip(*took, strict=True)]


def opened(line: http.client.HTTPConnection, path: str, token: str) -> float:
    began = time.perf_counter()
    line.request("GET", path, headers={"Host": "localhost", "Authorization": f"Bearer {token}"})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    return time.perf_counter() - began
