"""The server: who it refuses to serve, how it listens, and what it lends the talk socket."""

import socket
import time

import pytest
from asgiref.typing import Scope
from django.db import connection
from websockets.sync.client import connect

from carenet import readiness
from carenet.server import bound, configuration, listen
from carenet.sockets import TRANSPORT
from tests.live import LiveServer


@pytest.mark.django_db
def test_the_application_s_role_is_let_in():
    readiness.check_role()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("RESET ROLE", "passes row-level security"),
        ("CREATE ROLE one_who_bypasses BYPASSRLS; SET ROLE one_who_bypasses", "passes row-level security"),
        (
            "CREATE ROLE one_who_owns; GRANT CREATE ON SCHEMA public TO one_who_owns; SET ROLE one_who_owns; CREATE TABLE mine ()",
            "owns tables",
        ),
    ],
)
def test_a_role_that_the_walls_do_not_bind_is_refused(statement, sentence):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(statement)

    with pytest.raises(readiness.NotReady, match=sentence):
        readiness.check_role()


@pytest.mark.django_db
def test_in_production_whoever_signed_in_counts_too(settings):
    readiness.check_role()
    settings.PLAIN_HTTP = False

    # The tests sign in as the superuser and put the application's role on, which could be taken off again.
    with pytest.raises(readiness.NotReady, match="passes row-level security"):
        readiness.check_role()


@pytest.mark.django_db
@pytest.mark.parametrize(("shift", "is_refused"), [(0.5, False), (-0.5, False), (1.6, True), (-1.6, True)])
def test_clocks_may_differ_by_a_second_and_no_more(monkeypatch, shift, is_refused):
    now = time.time
    monkeypatch.setattr(readiness.time, "time", lambda: now() + shift)

    if is_refused:
        with pytest.raises(readiness.NotReady, match="differ by 1"):
            readiness.check_clock()
    else:
        readiness.check_clock()


@pytest.mark.django_db
def test_a_database_without_its_migrations_is_refused(test_database):
    readiness.check_migrations()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")

    with pytest.raises(readiness.NotReady, match="lacks migrations"):
        readiness.check_migrations()


def test_a_taken_port_is_an_error_with_a_sentence():
    with bound("127.0.0.1", 0) as taken, pytest.raises(OSError, match="PORT=8001"):
        listen(host="127.0.0.1", port=taken.getsockname()[1])


def test_localhost_is_every_address_of_this_machine():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]

    opened = listen(host="localhost", port=port)
    try:
        assert ("127.0.0.1", port) in [one.getsockname()[:2] for one in opened]
        for one in opened:
            address = one.getsockname()[0]
            socket.create_connection((address, port), timeout=2).close()
            assert address in {"127.0.0.1", "::1"}
    finally:
        for one in opened:
            one.close()


def test_what_a_browser_says_of_itself_is_believed_from_the_proxy_only():
    assert not configuration(object(), {}).proxy_headers

    behind = configuration(object(), {"CARENET_BEHIND_PROXY": "1", "CARENET_PROXY_ADDRESSES": "10.0.0.7"})
    assert behind.proxy_headers
    assert behind.forwarded_allow_ips == "10.0.0.7"


def test_the_server_names_neither_itself_nor_who_asked():
    config = configuration(object(), {})

    assert not config.server_header
    assert not config.access_log
    assert not config.ws_per_message_deflate


def test_a_frame_written_to_the_lent_transport_arrives_in_a_real_client(monkeypatch):
    async def talk(scope: Scope, receive, send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        body = "看護".encode()
        scope["extensions"][TRANSPORT].write(b"\x81" + bytes([len(body)]) + body)
        await receive()

    server = LiveServer(talk)
    server.start()
    try:
        # The client offers compression, as browsers do, and is not given it.
        with connect(f"ws://{server.host}/", compression="deflate") as client:
            assert client.recv(timeout=5) == "看護"
            assert client.protocol.extensions == []
    finally:
        server.stop()
