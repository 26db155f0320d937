"""A town that talks: what a socket costs, how many messages a second one process carries, whether two processes lose any, and
how long a whole town needs to come back after its server was killed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import uvloop

from carenet.launch.postgres import Postgres
from tests.live import free_port
from tests.load.seeded import seeded
from tests.load.talk import Crowd, Talk, run
from tests.load.wire import now
from tests.ownserver import Environ, serving

PEOPLE, ROOMS, MEMBERS = 1_000, 500, 8
COMING_BACK = 2_000
SECONDS = float(os.environ.get("SECONDS", "10"))
# Messages a second, and within how many milliseconds 99 of 100 reach the last of their room (the fourth issue).
GOALS = {400: 50, 1_600: 200}
# Beyond the goals: the highest of these that holds the wider limit is the rate a process can carry.
LADDER = [800, 1_600, 2_000, 2_400, 3_000]
SERVER = ["-m", "carenet.server"]
# What `pgbench` sends: the statement that stores a message, by somebody of the town into a room of theirs.
STORED = """SELECT number FROM rooms_append(ARRAY['{room}']::uuid[], ARRAY['{author}']::uuid[], ARRAY[gen_random_uuid()],
ARRAY[repeat('本日の様子：食事は全量、血圧一三二の七八。', 4)], ARRAY['socket'], ARRAY[NULL]::inet[], ARRAY['']);
"""


@dataclass(frozen=True)
class Coming:
    """So many sockets, all of them ready after so many seconds; what each holds of the server's memory, in kB."""

    sockets: int
    seconds: float
    kilobytes: float


def settle_talks(environ: Environ) -> dict[str, Any]:
    return seeded(environ, "bench-talks", people=PEOPLE, rooms=ROOMS, members=MEMBERS)


def paced(environ: Environ) -> Environ:
    return {**environ, "CARENET_POSTS_PER_MINUTE": "1000000"}


def at_rate(town: dict[str, Any], environ: Environ, rate: float, *, processes: int = 1) -> Talk:
    """So many messages a second through so many processes, between which the people are dealt out."""
    ports = [free_port() for _ in range(processes)]
    if processes == 1:
        with serving(SERVER, paced(environ), ports[0]):
            return run(town, ports, rate=rate, seconds=SECONDS)
    with serving(SERVER, paced(environ), ports[0]), serving(SERVER, paced(environ), ports[1]):
        return run(town, ports, rate=rate, seconds=SECONDS)


def climb(town: dict[str, Any], environ: Environ) -> Iterator[tuple[int, Talk]]:
    """One rate after the other until one is not carried any more: everything arrives, 99 of 100 within the wider limit."""
    for rate in LADDER:
        talk = at_rate(town, environ, rate)
        yield rate, talk
        if talk.lost or talk.refused or talk.at(0.99) > GOALS[1_600]:
            return


def come_back(environ: Environ) -> tuple[Coming, Coming, Talk]:
    """Everybody comes in groups of fifty; the server is killed; everybody comes back at the same moment, and talks."""
    town = seeded(environ, "bench-back", people=COMING_BACK, rooms=COMING_BACK // MEMBERS, members=MEMBERS)
    port = free_port()
    with serving(SERVER, paced(environ), port) as process:
        came = uvloop.run(coming_until_killed(town, port, process))
    with serving(SERVER, paced(environ), port) as process:
        back, talk = uvloop.run(coming_and_talking(town, port, process.pid))
    return came, back, talk


async def coming_until_killed(town: dict[str, Any], port: int, process: subprocess.Popen[bytes]) -> Coming:
    came = await measured(Crowd(town), port, process.pid, 50)
    process.kill()
    return came


async def coming_and_talking(town: dict[str, Any], port: int, pid: int) -> tuple[Coming, Talk]:
    crowd = Crowd(town)
    came = await measured(crowd, port, pid, COMING_BACK)
    try:
        return came, await crowd.outstanding(8, 2)
    finally:
        crowd.go()


async def measured(crowd: Crowd, port: int, pid: int, at_once: int) -> Coming:
    before, began = kilobytes_of(pid), now()
    await crowd.come(port, at_once=at_once)
    seconds, people = now() - began, len(crowd.people)
    return Coming(people, seconds, (kilobytes_of(pid) - before) / people)


def kilobytes_of(pid: int) -> int:
    """What the process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def stored_by_pgbench(town: dict[str, Any], url: str) -> float:
    """The same statement sent by PostgreSQL's own load generator, eight at once: messages a second."""
    from django_scopes import scope

    from apps.environments.models import Environment
    from apps.rooms.models import RoomMembership

    room = town["rooms"][0]
    with scope(environment=Environment.objects.get(slug=town["slug"])):
        author = RoomMembership.objects.filter(room=room["id"]).values_list("member_id", flat=True)[0]
    with NamedTemporaryFile("w", suffix=".sql") as script:
        # One statement is one line to it.
        script.write(" ".join(STORED.format(room=room["id"], author=author).split("\n")) + "\n")
        script.flush()
        words = ["-n", "-c", "8", "-j", "1", "-T", str(max(1, int(SECONDS / 2))), "-f", script.name, url]
        said = subprocess.run([pgbench(), *words], check=True, capture_output=True, text=True).stdout
    return next(float(line.split("=")[1].split()[0]) for line in said.splitlines() if line.startswith("tps"))


def pgbench() -> str:
    beside = Postgres(Path(".carenet") / "bench-postgres", {}).programs / "pgbench"
    found = str(beside) if beside.exists() else shutil.which("pgbench")
    if found is None:
        raise FileNotFoundError("pgbench is missing: it is part of PostgreSQL's own programs.")
    return found
