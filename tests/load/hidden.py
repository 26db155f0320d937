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
    token = {"Authorization": f"Bearer {town.stranger}"}
    session = {"Cookie": town.strangers_cookie}
    api, pages = f"/api/v1/e/{SLUG}", f"/e/{SLUG}"
    asked_for = [
        ("client, by the API", f"{api}/clients/%s/", town.client_id, token),
        ("its consents, by the API", f"{api}/clients/%s/consents/", town.client_id, token),
        ("its contacts, by the API", f"{api}/clients/%s/contacts/", town.client_id, token),
        (
            "a paper's content, by the API",
            f"{api}/clients/%s/papers/{town.paper_number}/content/",
            town.client_id,
            token,
        ),
        ("room, by the API", f"{api}/rooms/%s/", town.room_id, token),
        ("messages, by the API", f"{api}/rooms/%s/messages/", town.room_id, token),
        ("client, its page", f"{pages}/clients/%s/", town.client_id, session),
        ("a paper, its page", f"{pages}/clients/%s/papers/{town.paper_number}/", town.client_id, session),
        ("room, its page", f"{pages}/rooms/%s/", town.room_id, session),
    ]
    return [in_turns(*one, port) for one in asked_for]


def in_turns(name: str, path: str, hidden: UUID, who: dict[str, str], port: int) -> Compared:
    """A, B, A, B …: whatever else the machine does falls on both alike."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    took: dict[str, list[float]] = {"hidden": [], "missing": []}
    for nth in range(WARM + ASKED):
        for which, thing in (("hidden", hidden), ("missing", uuid4())):
            seconds = asked(line, path % thing, who)
            if nth >= WARM:
                took[which].append(seconds * 1000)
    line.close()
    return Compared(name, statistics.median(took["hidden"]), statistics.median(took["missing"]))


def asked(line: http.client.HTTPConnection, path: str, who: dict[str, str]) -> float:
    began = time.perf_counter()
    line.request("GET", path, headers={"Host": "localhost", **who})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 404, f"{path}: {answer.status}"
    return time.perf_counter() - began
