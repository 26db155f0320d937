"""How long a search takes the server: a person in 300 rooms of a town of a million messages, beside a search that finds
nothing because they are in no room; and how fast messages are stored and taken in."""

import http.client
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from tests.load.seeded import seeded
from tests.ownserver import Environ, manage

SLUG = "bench-search"
PEOPLE, ROOMS, BUSY = 1_000, 500, 300
MESSAGES = int(os.environ.get("MESSAGES", "100000"))
WARM, ASKED = 2, 15
# What a search may take at the server, in milliseconds (the fourth issue): a word, and a single character.
WORD, CHARACTER = 50, 1_000
# Said in every sixth message, in one of a thousand, of ten thousand, of a hundred thousand, and in none.
TYPED = [
    ("a character said often", "薬", CHARACTER),
    ("a character said seldom", "瘻", CHARACTER),
    ("a character never said", "鯨", CHARACTER),
    ("a word said often", "担当者会議", WORD),
    ("inside running text", "転倒は", WORD),
    ("one in a thousand", "発赤", WORD),
    ("one in ten thousand", "嚥下の", WORD),
    ("one in a hundred thousand", "胃瘻", WORD),
    ("never said", "鯨の骨", WORD),
    ("two words", "発赤 血圧", WORD),
    ("a reading", "はっせき", WORD),
]


@dataclass(frozen=True)
class Took:
    """Medians in milliseconds: of the search, and of the same by somebody in no room."""

    name: str
    hits: int
    median: float
    empty: float
    limit: int

    @property
    def ratio(self) -> float:
        return self.median / self.empty

    @property
    def holds(self) -> bool:
        return self.median <= self.limit


def settle_search(environ: Environ) -> dict[str, Any]:
    """Fill the database with a command, as anybody can who wants to measure."""
    town = seeded(environ, SLUG, people=PEOPLE, rooms=ROOMS, busy=BUSY, messages=MESSAGES)
    manage(environ, "take_into_search")
    return town


def search_all(town: dict[str, Any], idle: str, port: int) -> list[Took]:
    line = http.client.HTTPConnection("127.0.0.1", port)
    took: list[Took] = []
    asked: list[tuple[str, str, int, dict[str, str]]] = [(*one, {}) for one in TYPED]
    asked.append(("within one room, often", "薬", CHARACTER, {"room": town["rooms"][0]["id"]}))
    for name, typed, limit, narrowed in asked:
        hits, median = repeated(partial(searched, line, town["tokens"][0], typed, narrowed))
        _, empty = repeated(partial(searched, line, idle, typed, {}))
        took.append(Took(name, hits, median, empty, limit))
    line.close()
    return took


def repeated(ask: Callable[[], tuple[int, float]]) -> tuple[int, float]:
    asked = [ask() for _ in range(WARM + ASKED)]
    return asked[0][0], statistics.median(seconds * 1000 for _, seconds in asked[WARM:])


def searched(line: http.client.HTTPConnection, token: str, typed: str, narrowed: dict[str, str]) -> tuple[int, float]:
    """The whole request: how many hits the page holds, and how long it took."""
    body = json.dumps({"q": typed, **narrowed}).encode()
    headers = {"Host": "localhost", "Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = time.perf_counter()
    line.request("POST", f"/api/v1/e/{SLUG}/rooms/search/", body, headers)
    answer = line.getresponse()
    told = json.loads(answer.read())
    assert answer.status == 200, told
    return len(told["hits"]), time.perf_counter() - began


def what_being_searched_costs() -> tuple[float, float]:
    """Messages a second: stored by the one statement, which knows nothing of search, and taken in by the worker's."""
    from django.db import connection
    from django_scopes import scope

    from apps.audit.origin import COMMAND
    from apps.environments.models import Environment
    from apps.rooms.actions import APPEND, Outgoing, arguments, take_into_search
    from apps.rooms.management.commands.seed_rooms import SAID
    from apps.rooms.models import RoomMembership

    with scope(environment=Environment.objects.get(slug=SLUG)):
        places = list(RoomMembership.objects.order_by("room").values_list("room_id", "member_id")[:200])
    written = [
        Outgoing(room, member, uuid4(), SAID[nth % len(SAID)] * 2, COMMAND)
        for nth in range(10)
        for room, member in places
    ]
    began = time.perf_counter()
    for nth in range(0, len(written), 200):
        with connection.cursor() as cursor:
            cursor.execute(APPEND, arguments(written[nth : nth + 200]))
    stored = time.perf_counter()
    taken = take_into_search(len(written))
    return len(written) / (stored - began), taken / (time.perf_counter() - stored)
