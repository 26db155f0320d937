"""Programs that send and screens that listen through whatever breaks, as the ones written after our pages would."""

import json
import threading
import time
import urllib.error
import urllib.request
from uuid import uuid4

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

from apps.accounts import actions as accounts
from tests.live import ServerProcess

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


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

    def post_all(self, name: str, many: int) -> None:
        for nth in range(many):
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
        self.told_to_catch_up = 0
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
                self.told_to_catch_up += "catch_up" in sign
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
