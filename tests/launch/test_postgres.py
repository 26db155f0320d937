"""The project's own PostgreSQL: made, started, found again after a kill -9, never somebody else's."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from carenet.launch.postgres import LONGEST_SOCKET, Postgres
from carenet.launch.words import Trouble


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    # pytest's own directories are closed to the user who runs PostgreSQL for root.
    home = tmp_path_factory.mktemp("postgres")
    for folder in (home, *home.parents[:2]):
        folder.chmod(0o755)
    made = Postgres(home / "demo", {"fsync": "off"})
    yield made
    made.stop()


def ask(server: Postgres, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def pid_of(server: Postgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_it_is_found_again_after_a_kill_with_all_that_was_committed(server):
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 41 AS number")
    os.kill(pid_of(server), signal.SIGKILL)
    until = time.monotonic() + 10
    while server.is_alive() and time.monotonic() < until:
        time.sleep(0.02)
    assert not server.is_alive()

    server.start()

    assert ask(server, "SELECT number FROM kept") == [(41,)]


def test_a_second_start_takes_over_the_server_that_runs(server):
    server.start()
    first = pid_of(server)

    Postgres(server.home, server.settings).start()

    assert pid_of(server) == first


def test_a_process_number_of_somebody_else_is_not_believed(server):
    server.start()
    server.stop()
    # After a restart of the machine the old number may belong to anything, such as this test.
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n")

    server.start()

    assert pid_of(server) != os.getpid()
    assert ask(server, "SELECT 1") == [(1,)]


def test_nobody_else_may_enter_its_socket_and_no_port_is_open(server):
    server.start()

    assert server.socket.stat().st_mode & 0o077 == 0
    assert server.data.stat().st_mode & 0o077 == 0
    assert ask(server, "SHOW listen_addresses") == [("",)]


def test_data_of_another_version_is_left_alone_with_a_sentence(server):
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(Trouble, match=r"written by PostgreSQL 9 .*'make demo-reset'"):
        server.start()
    assert (server.data / "base").exists()


def test_a_long_path_gets_a_short_socket():
    deep = Postgres(Path("/srv") / ("a-very-long-name" * 8) / "postgres")
    # Only the path is asked for: nothing is made there.
    deep.__dict__["place"] = deep.home

    assert len(os.fsencode(deep.socket / ".s.PGSQL.5432")) <= LONGEST_SOCKET
    assert deep.socket != deep.home / "socket"
