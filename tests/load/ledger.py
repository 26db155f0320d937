"""What sealing the ledger costs whoever writes into it, how far it stays behind, and how long an auditor's check takes."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from apps.audit import verify_ledger
from apps.audit.places import standing_in
from apps.audit.seals import seal_all, sign_head
from apps.audit.taking_out import ledger_lines
from apps.audit.tree import size_here, tree_here
from tests import makers
from tests.ownserver import PROJECT, Environ

# 250 a second is what a town of the largest size writes at its worst, four times over (domain.md, 6.3).
RATE, WRITERS, SECONDS = 250, 2, 5
LAG = 5.0
# What sealing may take from whoever writes: a tenth.
SHARE = 0.9
ENTRIES = int(os.environ.get("ENTRIES", "100000"))
# A million entries are checked within a minute of one core.
CHECKED_A_SECOND = 1_000_000 / 60
PROOF = 50
WRITE = """
INSERT INTO audit_entry (environment_id, verb, channel, role, subject_kind, subject_id, client_id, user_id, member_id,
                         organization_id, outcome, reason, purpose, detail, address, agent)
SELECT %(place)s, 'rooms.opened', 'page', 'member', 'rooms.talkroom', gen_random_uuid()::text, gen_random_uuid(),
       gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'done', '', 'support', '{"messages": [1, 20]}', '192.0.2.7',
       '0123456789abcdef' FROM generate_series(1, %(many)s)
"""
BEHIND = """
SELECT extract(epoch FROM sealed_at - recorded_at) FROM audit_leaf JOIN audit_entry ON id = entry_id
WHERE audit_leaf.environment_id = %s AND number > %s
"""


@dataclass(frozen=True)
class Beside:
    """Entries written in a second with nobody sealing and beside the sealer, and the lag at the steady rate."""

    alone: float
    beside: float
    steady: float
    p50: float
    worst: float

    @property
    def ratio(self) -> float:
        return self.beside / self.alone

    @property
    def holds(self) -> bool:
        return self.ratio >= SHARE and self.worst <= LAG and self.steady >= RATE * 0.98


@dataclass(frozen=True)
class Checked:
    """What was sealed in one go, taken out and checked: entries a second of one core; and a proof, in milliseconds."""

    sealed: float
    taken_out: float
    checked: float
    proof: float

    @property
    def holds(self) -> bool:
        return self.sealed >= RATE and self.checked >= CHECKED_A_SECOND and self.proof <= PROOF


def seal_beside_writers(environ: Environ) -> Beside:
    place = makers.make_environment("bench-ledger").pk
    alone = statistics.median(written(place) for _round in range(3))
    worker = subprocess.Popen([sys.executable, "-m", "carenet.worker"], cwd=PROJECT, env=environ)
    try:
        caught_up(place)
        beside = statistics.median(written(place) for _round in range(3))
        before = caught_up(place)
        steady = written(place, a_second=RATE)
        caught_up(place)
    finally:
        worker.terminate()
        worker.wait(80)
    with standing_in(place), connection.cursor() as cursor:
        cursor.execute(BEHIND, [place, before])
        lags = sorted(float(lag) for (lag,) in cursor.fetchall())
    return Beside(alone, beside, steady, statistics.median(lags), lags[-1])


def caught_up(place: Any) -> int:
    """How many entries there are, once all of them are sealed."""
    with standing_in(place):
        while size_here() < total(place):
            time.sleep(0.2)
        return size_here()


def total(place: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE environment_id = %s", [place])
        return int(cursor.fetchone()[0])


def written(place: Any, *, a_second: float | None = None) -> float:
    """Entries a second, each a transaction of its own, by several at once."""
    many = [0] * WRITERS
    ends = time.monotonic() + SECONDS

    def write(nth: int) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
            begun = time.monotonic()
            while time.monotonic() < ends:
                line.execute(WRITE, {"place": place, "many": 1})
                many[nth] += 1
                if a_second is not None:
                    time.sleep(max(0.0, begun + many[nth] * WRITERS / a_second - time.monotonic()))

    threads = [threading.Thread(target=write, args=(nth,)) for nth in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(many) / SECONDS


def check_a_long_ledger() -> Checked:
    """`ENTRIES=1000000 ONLY=ledger make bench` is the size the limit is for."""
    place = makers.make_environment("bench-long-ledger").pk
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        line.execute(WRITE, {"place": place, "many": ENTRIES})
    with standing_in(place), tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        seal_all()
        sealed = time.monotonic() - begun
        sign_head()
        path = Path(folder) / "ledger.ndjson"
        begun = time.monotonic()
        with path.open("wb") as file:
            file.writelines(ledger_lines(ENTRIES))
        taken_out = time.monotonic() - begun
        return Checked(ENTRIES / sealed, ENTRIES / taken_out, ENTRIES / check(path), prove())


def check(path: Path) -> float:
    """Seconds of one core."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([sys.executable, verify_ledger.__file__, str(path)], check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def prove() -> float:
    took = []
    for nth in range(20):
        begun = time.monotonic()
        tree_here().inclusion(nth * ENTRIES // 20, ENTRIES)
        took.append((time.monotonic() - begun) * 1000)
    return statistics.median(took)
