"""A listening end of the talk socket, through the whole stack but the network.

Built on asgiref's communicator: the one of Channels is a thin cover of it, and importing it asks for daphne.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import Context
from typing import Any

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async

from tests.live import PATIENCE, session_cookie

SLUG = "sakuragawa-care"


class Ear:
    """A connected screen. `hears()` waits for the next sign; `hears_nothing()` waits for none."""

    def __init__(self, line: ApplicationCommunicator) -> None:
        self.line = line

    async def hears(self) -> Any:
        event = await self.line.receive_output(timeout=PATIENCE)
        if event["type"] == "websocket.close":
            return event["code"]
        return json.loads(event["text"])

    async def says(self, **frame: Any) -> None:
        await self.says_text(json.dumps(frame))

    async def says_text(self, text: str) -> None:
        await self.line.send_input({"type": "websocket.receive", "text": text})

    async def hears_nothing(self) -> bool:
        return await self.line.receive_nothing(timeout=0.4)


async def connected(
    person: Any = None,
    *,
    slug: str = SLUG,
    form: str = "json",
    cookie: dict[str, str] | None = None,
    authorization: str | None = None,
    language: str = "",
    **session: Any,
) -> Ear:
    from carenet.asgi import application

    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    if person is not None:
        cookie = await database_sync_to_async(session_cookie)(person.user, **session)
    if cookie is not None:
        headers.append((b"cookie", f"{cookie['name']}={cookie['value']}".encode()))
    if authorization is not None:
        headers.append((b"authorization", authorization.encode()))
    if language:
        headers.append((b"accept-language", language.encode()))
    scope = {
        "type": "websocket",
        "path": f"/e/{slug}/ws/",
        "query_string": f"form={form}".encode(),
        "headers": headers,
        "client": ("192.0.2.7", 50000),
    }
    line = ApplicationCommunicator(application, scope)
    # The server's tasks do not inherit the scope that a test has open for its own questions.
    ear = Ear(await outside_the_test(lambda: start(line)))
    accepted = await line.receive_output(timeout=PATIENCE)
    assert accepted["type"] == "websocket.accept"
    return ear


async def start(line: ApplicationCommunicator) -> ApplicationCommunicator:
    await line.send_input({"type": "websocket.connect"})
    return line


async def outside_the_test(work: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().create_task(work(), context=Context())


@asynccontextmanager
async def listening(person: Any, **how: Any) -> AsyncIterator[Ear]:
    """A screen that is live; on leaving it goes, and with the last one the process's bus."""
    ear = await connected(person, **how)
    assert await ear.hears() == {"ready": True}
    try:
        yield ear
    finally:
        await ear.line.send_input({"type": "websocket.disconnect", "code": 1000})
        await ear.line.wait(timeout=PATIENCE)
