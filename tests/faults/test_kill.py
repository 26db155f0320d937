"""kill -9 in the middle of posting: what was acknowledged is there, exactly once and in order, on the page and the line."""

import json
import threading
import time
import urllib.error
import urllib.request
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

from apps.accounts import actions as accounts
from tests.cast import Cast, assemble
from tests.live import ServerProcess

EACH = 40
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


def token_of(person) -> str:
    accounts.enrol_authenticator_app(user=person.user, secret=SECRET, by=None)
    return accounts.register_device(user=person.user, name="test", by=person.user).token


class Device:
    """A program that keeps sending a message with the same key until it is told the number."""

    def __init__(self, server: ServerProcess, token: str, room_id: object) -> None:
        self.address = f"{server.url}/api/v1/e/sakuragawa-care/rooms/{room_id}/messages/"
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.acknowledged: dict[str, int] = {}
        self.sent_again = 0

    def post_all(self, name: str) -> None:
        for nth in range(EACH):
            self.post(f"{name} {nth}")

    def post(self, body: str) -> None:
        key = str(uuid4())
        sent = json.dumps({"body": body, "client_key": key}).encode()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                request = urllib.request.Request(self.address, data=sent, headers=self.headers)
                with urllib.request.urlopen(request, timeout=5) as answer:
                    self.acknowledged[body] = json.load(answer)["message"]
                    return
            except OSError:
                # Lost on the way there or on the way back: nobody can know, so the same key goes again.
                self.sent_again += 1
                time.sleep(0.05)
        raise AssertionError("The server did not come back.")

    def messages(self, after: int = 0) -> list[dict]:
        found, more = [], True
        while more:
            request = urllib.request.Request(f"{self.address}?after={after}", headers=self.headers)
            with urllib.request.urlopen(request, timeout=10) as answer:
                page = json.load(answer)
            found += page["messages"]
            after = found[-1]["message"] if found else after
            more = page["has_more"]
        return found


class Screen(threading.Thread):
    """A screen that listens, and after a break asks for what came after the last number it has."""

    def __init__(self, server: ServerProcess, token: str, device: Device) -> None:
        super().__init__(daemon=True)
        self.address = f"ws://{server.host}/e/sakuragawa-care/ws/"
        self.token = token
        self.device = device
        self.shown: list[int] = []
        self.breaks = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            try:
                self.listen()
            except (OSError, ConnectionClosed, InvalidHandshake):
                self.breaks += 1
                time.sleep(0.05)

    def listen(self) -> None:
        with connect(self.address, additional_headers={"Authorization": f"Bearer {self.token}"}) as line:
            while not self.is_over.is_set():
                try:
                    sign = json.loads(line.recv(timeout=0.2))
                except TimeoutError:
                    continue
                if "ready" in sign or "catch_up" in sign:
                    self.catch_up()
                elif "message" in sign:
                    self.show(sign["message"])

    def catch_up(self) -> None:
        for message in self.device.messages(after=self.last):
            self.show(message["message"])

    def show(self, number: int) -> None:
        if number == self.last + 1:
            self.shown.append(number)
        elif number > self.last:
            self.catch_up()

    @property
    def last(self) -> int:
        return self.shown[-1] if self.shown else 0


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_message_survives_kill_9_exactly_once_and_in_order(people, server_process):
    tokens = {name: token_of(people[name]) for name in ("sato", "suzuki")}
    server_process.start()
    devices = {name: Device(server_process, token, people.room.pk) for name, token in tokens.items()}
    screen = Screen(server_process, tokens["suzuki"], Device(server_process, tokens["suzuki"], people.room.pk))
    screen.start()
    posting = [threading.Thread(target=one.post_all, args=[name]) for name, one in devices.items()]
    for thread in posting:
        thread.start()

    while sum(len(one.acknowledged) for one in devices.values()) < EACH // 2:
        time.sleep(0.01)
    server_process.kill()
    server_process.start()
    for thread in posting:
        thread.join(90)

    stored = devices["sato"].messages()
    acknowledged = {body: number for one in devices.values() for body, number in one.acknowledged.items()}
    assert len(acknowledged) == 2 * EACH
    assert {message["body"]: message["message"] for message in stored} == acknowledged
    assert [message["message"] for message in stored] == list(range(1, 2 * EACH + 1))
    for name in devices:
        assert [one["body"] for one in stored if one["body"].startswith(name)] == [f"{name} {n}" for n in range(EACH)]
    assert sum(one.sent_again for one in devices.values()) > 0, "The server was not killed in the middle."

    until = time.monotonic() + 15
    while len(screen.shown) < 2 * EACH and time.monotonic() < until:
        time.sleep(0.05)
    screen.is_over.set()
    screen.join(5)
    assert screen.shown == list(range(1, 2 * EACH + 1))
    assert screen.breaks > 0
