"""What visits cost: the next free times of 700 facilities over two weeks, and two hundred who want the last five places.

The rivals speak HTTP, each on a line of their own, and begin together; a round with one who comes alone stands beside it.
Two server processes share the machine's two cores, as behind a proxy.
"""

import http.client
import json
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from tests.load.city import Person, person
from tests.load.offices import looked
from tests.load.rooms import Taken

FACILITIES, DAYS, RIVALS, PLACES, ROUNDS = 700, 14, 200, 5, 5
SLUG = "bench-visits"
# What finding may take, and the slowest of a hundred rivals, in milliseconds (the sixth issue).
FINDING, ANSWERED = 500, 1_000
WARM, ASKED = 2, 10


@dataclass(frozen=True)
class Desks:
    """The clerks, and times with as many places: one that is theirs alone, and one for each round."""

    clerks: tuple[Person, ...]
    alone: str
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class Rivalry:
    """All rounds together: what was answered how often, and how long each waited, in milliseconds."""

    answers: Counter[int]
    p50: float
    p99: float
    alone: float

    @property
    def sold(self) -> int:
        return self.answers[201]

    @property
    def holds(self) -> bool:
        kind = set(self.answers) <= {201, 409}
        return kind and self.sold == PLACES * ROUNDS and self.p99 <= ANSWERED


def settle_desks() -> Desks:
    """Fill the database that Django is connected to: facilities with an hour every day, and two hundred clerks."""
    from django_scopes import scope

    from tests import makers

    environment = makers.make_environment(SLUG)
    with scope(environment=environment):
        city = makers.make_organization(environment, "こども課", "city_division")
        members = [makers.make_member(city, role="desk") for _nth in range(RIVALS)]
        wanted = publish(members[0])
        return Desks(tuple(person(member, 0) for member in members), wanted[0], tuple(wanted[1:]))


def publish(by: object) -> list[str]:
    """An hour a day of each facility, and one time more for each round; the ids of those."""
    from django.utils import timezone

    from apps.facilities.models import Facility
    from apps.visits.models import Slot
    from tests.facilities.makers import make_facility, make_kind

    kind, first = make_kind(), timezone.now() + timedelta(days=1)
    about = {"environment": by.environment, "registered_by": by, "kind": kind, "age_groups": ["preschool"]}  # type: ignore[attr-defined]
    places = Facility.objects.bulk_create(
        Facility(name=f"こどもの家{nth:03}", kana="こどものいえ", **about) for nth in range(FACILITIES)
    )

    def slot(facility: Facility, day: int, **more: int) -> Slot:
        starts = first + timedelta(days=day)
        told = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "closes_at": starts, "published_by": by}
        return Slot(environment=by.environment, facility=facility, **told, **more)  # type: ignore[attr-defined]

    Slot.objects.bulk_create([slot(place, day) for place in places for day in range(DAYS)], batch_size=2000)
    extra = make_facility(by)  # type: ignore[arg-type]
    made = Slot.objects.bulk_create(slot(extra, day, capacity=PLACES) for day in range(ROUNDS + 1))
    return [str(one.pk) for one in made]


def find_times(desks: Desks, port: int) -> list[Taken]:
    """The page that finds, in turns with the list of a clerk who has booked nothing."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    took: dict[str, list[float]] = {"find": [], "visits": []}
    for nth in range(WARM + ASKED):
        for name, path in (("find", f"/e/{SLUG}/visits/find/"), ("visits", f"/e/{SLUG}/visits/")):
            seconds = looked(line, path, desks.clerks[0])
            if nth >= WARM:
                took[name].append(seconds * 1000)
    beside = statistics.median(took["visits"])
    name = f"next times of {FACILITIES} facilities, {DAYS} days"
    return [Taken(name, statistics.median(took["find"]), beside, FINDING)]


def rival(desks: Desks, ports: tuple[int, ...]) -> Rivalry:
    """In each round all clerks want one of the five places of a time at the same moment."""
    alone = statistics.median(
        seconds for _status, seconds in wanted_by(desks.clerks[:3], desks.alone, ports, apart=True)
    )
    # Who comes first differs from round to round: nobody wins so often that they hold too many.
    told = [one for nth, slot in enumerate(desks.wanted) for one in wanted_by(turned(desks.clerks, nth), slot, ports)]
    waited = sorted(seconds * 1000 for _status, seconds in told)
    return Rivalry(
        answers=Counter(status for status, _seconds in told),
        p50=waited[len(waited) // 2],
        p99=waited[int(len(waited) * 0.99)],
        alone=alone * 1000,
    )


def turned(clerks: tuple[Person, ...], nth: int) -> tuple[Person, ...]:
    first = nth * RIVALS // ROUNDS + 3
    return clerks[first:] + clerks[:first]


def wanted_by(
    clerks: tuple[Person, ...], slot: str, ports: tuple[int, ...], *, apart: bool = False
) -> list[tuple[int, float]]:
    """What each was answered, and after how many seconds; one after the other, where they come apart."""
    start, told = threading.Barrier(1 if apart else len(clerks)), []

    def want(clerk: Person, port: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        line.connect()
        start.wait(60)
        began = time.perf_counter()
        line.request("POST", f"/api/v1/e/{SLUG}/visits/times/{slot}/holds/", BODY, headers_of(clerk))
        answer = line.getresponse()
        answer.read()
        told.append((answer.status, time.perf_counter() - began))
        line.close()

    threads = [threading.Thread(target=want, args=both) for both in zip(clerks, cycle(ports), strict=False)]
    for thread in threads:
        thread.start()
        if apart:
            thread.join()
    for thread in threads:
        thread.join()
    return told


BODY = json.dumps({"age_group": "preschool"})


def headers_of(clerk: Person) -> dict[str, str]:
    return {"Host": "localhost", "Authorization": f"Bearer {clerk.token}", "Content-Type": "application/json"}
