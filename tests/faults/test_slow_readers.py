"""Screens that take in nothing: the others go on, the server's memory stays bounded, and who comes back misses nothing."""

import base64
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from django_scopes import scope

from apps.rooms import actions
from tests.cast import Cast, assemble
from tests.faults.devices import Device, Screen, token_of
from tests.live import PATIENCE, ServerProcess

DEAF = 20
MESSAGES = 400
LONG = "長い記録です。" * 700
# What all deaf screens together may hold back at the server, beside what it needs anyway.
MOST_GROWN = 60 * 1024 * 1024


@pytest.fixture
def people(transactional_db: None, settings) -> Cast:
    settings.POSTS_PER_MINUTE = 100_000
    return assemble()


@pytest.fixture
def until_the_end() -> Iterator[ExitStack]:
    with ExitStack() as open_until_then:
        yield open_until_then


def deaf(server: ServerProcess, token: str) -> socket.socket:
    """A WebSocket that shakes hands and reads nothing from then on."""
    host, _, port = server.host.partition(":")
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", int(port)))
    key = base64.b64encode(os.urandom(16)).decode()
    hello = [
        "GET /e/sakuragawa-care/ws/ HTTP/1.1",
        f"Host: {host}:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Authorization: Bearer {token}",
        "",
        "",
    ]
    line.sendall("\r\n".join(hello).encode())
    assert b" 101 " in line.recv(64)
    return line


def is_cut_off(line: socket.socket) -> bool:
    """Whether the server has ended it; what had come before is read away."""
    line.settimeout(5)
    try:
        while line.recv(65_536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


def memory_of(server: ServerProcess) -> int:
    """Bytes that are really in memory."""
    return int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.django_db(transaction=True)
def test_who_reads_nothing_is_cut_off_and_holds_up_nobody(
    people: Cast, server_process: ServerProcess, until_the_end: ExitStack
):
    sato, suzuki = token_of(people.sato), token_of(people.suzuki)
    server_process.start()
    screen = Screen(server_process, suzuki, Device(server_process, suzuki, people.room.pk))
    screen.start()
    lines = [until_the_end.enter_context(deaf(server_process, sato)) for _ in range(DEAF)]
    with scope(environment=people.environment):
        actions.post(room=people.room, body="始めます", client_key=uuid4(), by=people.sato)
    until_shown(screen, 1)
    before = memory_of(server_process)

    with scope(environment=people.environment):
        for _ in range(MESSAGES):
            actions.post(room=people.room, body=LONG, client_key=uuid4(), by=people.sato)

    until_shown(screen, MESSAGES + 1)
    grown = memory_of(server_process) - before
    assert screen.shown == list(range(1, MESSAGES + 2))
    assert all(is_cut_off(line) for line in lines)
    assert grown < MOST_GROWN
    assert len(Device(server_process, sato, people.room.pk).messages()) == MESSAGES + 1


def until_shown(screen: Screen, many: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(screen.shown) < many:
        assert time.monotonic() < until, f"{len(screen.shown)} of {many} are shown."
        time.sleep(0.05)
