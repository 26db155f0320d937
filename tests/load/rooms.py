"""How long the room list takes the server: a person in 300 rooms, twelve of them unread, beside the list of somebody in none."""

import http.client
import statistics
import time
from dataclasses import dataclass
from uuid import uuid4

SLUG = "bench-rooms"
ROOMS, UNREAD, MEMBERS, SAID = 300, 12, 8, 10
WARM, ASKED = 5, 40


@dataclass(frozen=True)
class People:
    """Tokens for programs: somebody in all rooms, and somebody in none."""

    busy: str
    idle: str


@dataclass(frozen=True)
class Taken:
    name: str
    median: float
    empty: float

    @property
    def ratio(self) -> float:
        return self.median / self.empty


def settle_rooms() -> People:
    """Fill the database that Django is connected to: rooms of eight, read but for twelve."""
    from django_scopes import scope

    from apps.audit.origin import present
    from apps.rooms.actions import Outgoing, append
    from apps.rooms.models import ReadMark
    from tests import makers
    from tests.load.town import token_of

    environment = makers.make_environment(SLUG)
    with scope(environment=environment):
        office = makers.make_organization(environment, "計測", "care_management_office")
        busy, idle = (makers.make_member(office, makers.make_user(f"bench-{name}")) for name in ("busy", "idle"))
        others = [makers.make_member(office) for _ in range(MEMBERS - 1)]
        for nth in range(ROOMS):
            room = makers.make_room(members=[busy, *others], title=f"部屋 {nth}")
            for turn in range(SAID):
                author = others[turn % len(others)]
                append(Outgoing(room.pk, author.pk, uuid4(), f"本日の様子 {turn}", present()))
            read = 0 if nth % (ROOMS // UNREAD) == 0 else SAID
            ReadMark.objects.create(environment=environment, room=room, member=busy, number=read)
    return People(busy=token_of(busy.user), idle=token_of(idle.user))


def open_room_list(people: People, port: int) -> list[Taken]:
    """The whole request each time, in turns: whatever else the machine does falls on all alike."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    took: dict[str, list[float]] = {}
    names = {"all of them": "", "the unread ones": "?show=unread"}
    for nth in range(WARM + ASKED):
        for name, query in names.items():
            for token in (people.busy, people.idle):
                seconds = opened(line, f"/api/v1/e/{SLUG}/rooms/{query}", token)
                if nth >= WARM:
                    took.setdefault(f"{name} {token == people.idle}", []).append(seconds * 1000)
    line.close()
    median = {name: statistics.median(one) for name, one in took.items()}
    return [Taken(name, median[f"{name} False"], median[f"{name} True"]) for name in names]


def opened(line: http.client.HTTPConnection, path: str, token: str) -> float:
    began = time.perf_counter()
    line.request("GET", path, headers={"Host": "localhost", "Authorization": f"Bearer {token}"})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    return time.perf_counter() - began
