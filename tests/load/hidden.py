"""How long it takes to be told that nothing is here: of a thing that is hidden, and of one that does not exist."""

import http.client
import statistics
import time
from dataclasses import dataclass
from uuid import UUID, uuid4

from tests.load.town import SLUG, Town

WARM, ASKED = 20, 200


@dataclass(frozen=True)
class Compared:
    """Medians in milliseconds of answers that were asked for in turns, and what one is to the other."""

    name: str
    hidden: float
    missing: float

    @property
    def ratio(self) -> float:
        return self.hidden / self.missing


def compare(town: Town, port: int) -> list[Compared]:
    """Somebody of the same environment asks in turns for what they may not see and for what there is not."""
    return [
        in_turns("client, by the API", f"/api/v1/e/{SLUG}/clients/%s/", town.client_id, town.stranger, port),
        in_turns("room, by the API", f"/api/v1/e/{SLUG}/rooms/%s/", town.room_id, town.stranger, port),
        in_turns("messages, by the API", f"/api/v1/e/{SLUG}/rooms/%s/messages/", town.room_id, town.stranger, port),
    ]


def in_turns(name: str, path: str, hidden: UUID, token: str, port: int) -> Compared:
    """A, B, A, B …: whatever else the machine does falls on both alike."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    took: dict[str, list[float]] = {"hidden": [], "missing": []}
    for nth in range(WARM + ASKED):
        for which, thing in (("hidden", hidden), ("missing", uuid4())):
            seconds = asked(line, path % thing, token)
            if nth >= WARM:
                took[which].append(seconds * 1000)
    line.close()
    return Compared(name, statistics.median(took["hidden"]), statistics.median(took["missing"]))


def asked(line: http.client.HTTPConnection, path: str, token: str) -> float:
    began = time.perf_counter()
    line.request("GET", path, headers={"Host": "localhost", "Authorization": f"Bearer {token}"})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 404, f"{path}: {answer.status}"
    return time.perf_counter() - began
