"""How much somebody may send at once, held before a byte of it is kept."""

from typing import Any

# A list of accounts or a paste stays far below; uploads of files come in parts.
LARGEST = 32 * 1024 * 1024
# What is larger is read and thrown away up to here, so that a browser hears the answer instead of a broken line.
LARGEST_THROWN_AWAY = 1024 * 1024 * 1024
OF_THE_BODY = {b"content-length", b"content-type", b"transfer-encoding", b"expect"}


class Bounded:
    """Answers a request whose body is too large as a plain question for the page that says so."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        size = declared_size(scope)
        if size <= LARGEST:
            await self.application(scope, Counted(receive), send)
        else:
            await thrown_away(receive, min(size, LARGEST_THROWN_AWAY))
            await self.application(instead_of(scope), Emptied(receive), send)


class Counted:
    """Hands the body on while it stays within the bounds; a body of undeclared size that does not ends the request."""

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self._size = 0

    async def __call__(self) -> Any:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        return message if self._size <= LARGEST else {"type": "http.disconnect"}


class Emptied:
    """Hands on an empty body, and afterwards what the line says: that somebody has gone."""

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self._told = False

    async def __call__(self) -> Any:
        if self._told:
            return await self._receive()
        self._told = True
        return {"type": "http.request", "body": b"", "more_body": False}


def declared_size(scope: dict[str, Any]) -> int:
    given = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(given) if given.isdigit() else 0


async def thrown_away(receive: Any, size: int) -> None:
    while size > 0:
        message = await receive()
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return
        size -= len(message["body"])


def instead_of(scope: dict[str, Any]) -> dict[str, Any]:
    path = "/api/too-large/" if scope["path"].startswith("/api/") else "/too-large/"
    headers = [(name, value) for name, value in scope["headers"] if name not in OF_THE_BODY]
    return {**scope, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers}
