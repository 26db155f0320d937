"""In the middle of posting something breaks: what was acknowledged is there, exactly once and in order, on the page and
the line. The server is killed (-9), the database goes away and comes back, the bus is cut again and again."""

import threading
import time
from collections.abc import Callable

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from tests import postgres
from tests.cast import Cast, assemble
from tests.faults.devices import Device, Screen, token_of
from tests.live import PATIENCE, ServerProcess

EACH = 40
SECONDS_AWAY = 1.5
CUTS = 5


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


def kill(server: ServerProcess, database: postgres.TestDatabase) -> None:
    server.kill()
    server.start()


def take_database_away(server: ServerProcess, database: postgres.TestDatabase) -> None:
    """As a restart looks from outside: every line is cut, and for a while there is no new one."""
    connections.close_all()
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(postgres.url_of("postgres"), autocommit=True) as owner:
        owner.execute(allow.format(sql.Identifier(database.name), sql.SQL("false")))
        try:
            cut(owner, database, "%")
            time.sleep(SECONDS_AWAY)
        finally:
            owner.execute(allow.format(sql.Identifier(database.name), sql.SQL("true")))


def cut_bus(server: ServerProcess, database: postgres.TestDatabase) -> None:
    with psycopg.connect(postgres.url_of("postgres"), autocommit=True) as owner:
        for _ in range(CUTS):
            cut(owner, database, "LISTEN%")
            time.sleep(0.3)


def cut(owner: "psycopg.Connection[tuple[object, ...]]", database: postgres.TestDatabase, query: str) -> None:
    """All lines to the database but that by which the tests themselves own it."""
    owner.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND query LIKE %s AND pid <> %s",
        [database.name, query, database.owner.info.backend_pid],
    )


Break = Callable[[ServerProcess, postgres.TestDatabase], None]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("happens", [kill, take_database_away, cut_bus])
def test_every_acknowledged_message_is_there_once_and_in_order(
    people: Cast, server_process: ServerProcess, test_database, happens: Break
):
    tokens = {name: token_of(people[name]) for name in ("sato", "suzuki")}
    server_process.start()
    devices = {name: Device(server_process, token, people.room.pk) for name, token in tokens.items()}
    screen = Screen(server_process, tokens["suzuki"], Device(server_process, tokens["suzuki"], people.room.pk))
    screen.start()
    posting = [threading.Thread(target=one.post_all, args=[name, EACH]) for name, one in devices.items()]
    for thread in posting:
        thread.start()

    while sum(len(one.acknowledged) for one in devices.values()) < EACH // 2:
        time.sleep(0.01)
    happens(server_process, test_database)
    for thread in posting:
        thread.join(90)

    stored = devices["sato"].messages()
    acknowledged = {body: number for one in devices.values() for body, number in one.acknowledged.items()}
    assert len(acknowledged) == 2 * EACH
    assert {message["body"]: message["message"] for message in stored} == acknowledged
    assert [message["message"] for message in stored] == list(range(1, 2 * EACH + 1))
    for name in devices:
        assert [one["body"] for one in stored if one["body"].startswith(name)] == [f"{name} {n}" for n in range(EACH)]

    until = time.monotonic() + PATIENCE
    while len(screen.shown) < 2 * EACH and time.monotonic() < until:
        time.sleep(0.05)
    screen.is_over.set()
    screen.join(5)
    assert screen.shown == list(range(1, 2 * EACH + 1))
    broken = sum(one.sent_again for one in devices.values()) + screen.breaks + screen.told_to_catch_up
    assert broken > 0, "Nothing broke in the middle."
