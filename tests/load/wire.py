"""A client as thin as a client can be, so that what is measured is the server: it counts frames and keeps their times."""

import asyncio
import base64
import json
import os
import time
from collections.abc import Callable

import psycopg

Heard = Callable[[bytes], None]
TEXT, PING, PONG = 1, 9, 10


class Listener(asyncio.Protocol):
    """A WebSocket that has nothing to say: after the handshake every text frame goes to `heard`."""

    def __init__(self, *, host: str, path: str, token: str, heard: Heard) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade"]
        lines += [f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", f"Authorization: Bearer {token}", "", ""]
        self._hello = "\r\n".join(lines).encode()
        self._heard = heard
        self._rest = b""
        self._is_open = False
        self.ready = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self._hello)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._rest += data
        if not self._is_open:
            head, separator, rest = self._rest.partition(b"\r\n\r\n")
            if not separator:
                return
            assert b" 101 " in head.split(b"\r\n")[0], head
            self._is_open, self._rest = True, rest
        self._take_frames()

    def _take_frames(self) -> None:
        rest, at = self._rest, 0
        while len(rest) - at >= 2:
            length, start = rest[at + 1] & 127, at + 2
            if length == 126:
                if len(rest) - at < 4:
                    break
                length, start = int.from_bytes(rest[at + 2 : at + 4]), at + 4
            if len(rest) < start + length:
                break
            self._take(rest[at] & 15, rest[start : start + length])
            at = start + length
        self._rest = rest[at:]

    def _take(self, opcode: int, text: bytes) -> None:
        if opcode == PING:
            # Who does not answer is taken for gone.
            self.transport.write(bytes([0x80 | PONG, 0x80 | len(text), 0, 0, 0, 0]) + text)  # type: ignore[attr-defined]
        if opcode != TEXT:
            return
        if not self.ready.done():
            # carenet says {"ready": true}; a bare server says anything once.
            self.ready.set_result(None)
        else:
            self._heard(text)


class Talker(Listener):
    """A WebSocket that also says messages. The mask is zero, which masks nothing and costs the client nothing."""

    def say(self, key: str, room: str, body: str) -> None:
        text = json.dumps({"post": key, "room": room, "body": body}, ensure_ascii=False).encode()
        length = len(text)
        head = bytes([0x81, 0x80 | length]) if length < 126 else b"\x81\xfe" + length.to_bytes(2)
        self.transport.write(head + bytes(4) + text)  # type: ignore[attr-defined]


class Poster:
    """Posts over one kept connection, one message after another."""

    def __init__(self, host: str, port: int, path: str, token: str) -> None:
        self._address, self._path, self._token = (host, port), path, token

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(*self._address)

    async def close(self) -> None:
        self._writer.close()

    async def post(self, body: str, key: str) -> int:
        """The number under which the server has stored the message."""
        sent = json.dumps({"body": body, "client_key": key}).encode()
        head = f"POST {self._path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self._token}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
        self._writer.write(head.encode() + sent)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        lines = answer.decode().split("\r\n")
        length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length"))
        body_of_answer = await self._reader.readexactly(length)
        assert " 201 " in lines[0], (lines[0], body_of_answer)
        return int(json.loads(body_of_answer)["message"])


class Writer:
    """Stores messages by the database's own function, as a process that has nothing else to do would."""

    def __init__(self, url: str, room_id: object, author_id: object) -> None:
        self._url, self._room_id, self._author_id = url, room_id, author_id

    async def open(self) -> None:
        self._connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)

    async def post(self, body: str, key: str) -> int:
        cursor = await self._connection.execute(
            "SELECT number FROM rooms_append(%s::uuid[], %s::uuid[], %s::uuid[], %s, %s, %s::inet[], %s)",
            [[self._room_id], [self._author_id], [key], [body], ["socket"], [None], [""]],
            prepare=True,
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def close(self) -> None:
        await self._connection.close()


def now() -> float:
    return time.perf_counter()
