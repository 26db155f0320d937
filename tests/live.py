"""Servers that answer for real: one in a thread of the test, one in a process that may be killed; and who is signed in."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import postgres

SECONDS_TO_START = 30
# How long something is waited for that must come: a busy machine takes its time, a broken promise is never kept.
PATIENCE = 60


class LiveServer:
    """The whole application in a thread, on the test's own database, served exactly as in production."""

    def __init__(self, application: object | None = None) -> None:
        import uvicorn

        from carenet import asgi
        from carenet.server import bound, configuration

        self._socket = bound("127.0.0.1", 0)
        # Not 127.0.0.1: a passkey belongs to a name.
        self.host = f"localhost:{self._socket.getsockname()[1]}"
        self.url = f"http://{self.host}"
        self._server = uvicorn.Server(configuration(application or asgi.application, {}))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def start(self) -> None:
        self._thread.start()
        until = time.monotonic() + SECONDS_TO_START
        while not self._server.started:
            assert self._thread.is_alive(), "The live server ended before it began."
            assert time.monotonic() < until, "The live server did not start."
            time.sleep(0.005)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(SECONDS_TO_START)
        assert not self._thread.is_alive(), "The live server did not stop."


def until_listening(room: Any, number: int) -> None:
    """Wait until so many screens and polls of this process would hear the next word of the room."""
    # The hub belongs to the event loop of the server's thread.
    from apps.rooms.hub import _hubs

    until = time.monotonic() + PATIENCE
    while (listening := sum(len(hub.of_room.get(room.pk, ())) for hub in list(_hubs.values()))) < number:
        assert time.monotonic() < until, f"{listening} of {number} listen."
        time.sleep(0.01)


class ServerProcess:
    """`python -m carenet.server` on the test's database, to be killed and started again."""

    def __init__(self, *, database: str) -> None:
        self.host = f"localhost:{free_port()}"
        self.url = f"http://{self.host}"
        self._environment = {
            **os.environ,
            "DATABASE_URL": postgres.url_of(database),
            "CARENET_DEMO": "1",
            "CARENET_HOST": "127.0.0.1",
            "PORT": self.host.rpartition(":")[2],
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "carenet.server"], cwd=postgres.PROJECT, env=self._environment
        )
        until = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self._process.poll() is None, f"The server ended with {self._process.returncode}."
            assert time.monotonic() < until, "The server did not answer."
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz/", timeout=2).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return True
        except OSError:
            return False
        else:
            return True

    @property
    def pid(self) -> int:
        assert self._process is not None, "It does not run."
        return self._process.pid

    def kill(self) -> None:
        """kill -9: nothing is said goodbye to."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, with_signal: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(with_signal)
            self._process.wait(SECONDS_TO_START)
            self._process = None


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def session_cookie(user: Any, *, second_factor: bool = True) -> dict[str, str]:
    """The cookie of a session in which the user has just signed in, with a passphrase and (unless told) a second factor."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    now = time.time()
    methods: list[dict[str, object]] = [{"method": "password", "at": now, "username": user.login_id}]
    if second_factor:
        methods.append({"method": "mfa", "type": "totp", "at": now})
    # Where allauth writes down how somebody proved who they are.
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


@pytest.fixture
def live(transactional_db: None) -> Iterator[LiveServer]:
    server = LiveServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server_process(transactional_db: None, test_database: postgres.TestDatabase) -> Iterator[ServerProcess]:
    """Not started yet: a test that speaks of a crash says when it begins."""
    server = ServerProcess(database=test_database.name)
    yield server
    server.kill()


def chromium() -> str:
    """The path of the browser. Without one the browser tests fail; they are never skipped."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in ("chromium", "chromium-browser", "google-chrome"):
            if os.access(Path(folder) / name, os.X_OK):
                return str(Path(folder) / name)
    raise AssertionError("Chromium is missing: please run 'apt-get install -y chromium fonts-noto-cjk'.")
