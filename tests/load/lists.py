"""How long the list of clients takes the server, of an office and of a division, beside the same page with nobody on it."""

import http.client
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.load.city import City, Person

WARM, ASKED = 3, 20
# What the list may take, in milliseconds (the second issue).
LIMIT = 200
# A form needs the same token twice.
TOKEN = "t" * 32


@dataclass(frozen=True)
class Taken:
    """The median in milliseconds of one request, and what it is to that of the list on which nobody stands."""

    name: str
    clients: int
    median: float
    empty: float

    @property
    def ratio(self) -> float:
        return self.median / self.empty

    @property
    def holds(self) -> bool:
        return self.median <= LIMIT


def open_lists(city: City, port: int) -> list[Taken]:
    """The list and searches in it, the whole request each time: session, fence, ledger entry and template."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    asked = [
        Asked("the list, an office's", city.office),
        Asked("its page 30", city.office, page=30),
        Asked("a search in it", city.office, typed="計測 1"),
        Asked("the list, a division's", city.division),
        Asked("its page 500", city.division, page=500),
        Asked("a search in it, too", city.division, typed="計測 1"),
    ]
    took: dict[str, list[float]] = {}
    # In turns: whatever else the machine does falls on all alike.
    for nth in range(WARM + ASKED):
        for one in [*asked, Asked("empty", city.stranger)]:
            seconds = opened(line, f"/e/{city.slug}/clients/", one)
            if nth >= WARM:
                took.setdefault(one.name, []).append(seconds * 1000)
    line.close()
    empty = statistics.median(took["empty"])
    return [Taken(one.name, one.person.clients, statistics.median(took[one.name]), empty) for one in asked]


@dataclass(frozen=True)
class Asked:
    name: str
    person: Person
    page: int = 1
    typed: str = ""


def opened(line: http.client.HTTPConnection, path: str, one: Asked) -> float:
    headers = {"Host": "localhost", "Cookie": f"{one.person.cookie}; carenet_csrf={TOKEN}"}
    began = time.perf_counter()
    if one.typed:
        headers |= {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", path, urlencode({"q": one.typed}), headers)
    else:
        line.request("GET", f"{path}?page={one.page}", headers=headers)
    answer = line.getresponse()
    page = answer.read()
    taken = time.perf_counter() - began
    assert answer.status == 200, f"{one.name}: {answer.status}"
    assert (b"data-client=" in page) == (one.person.clients > 0), one.name
    return taken
