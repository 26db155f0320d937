"""What this machine can do at all: a bare server that hands every line it is told to all sockets, nothing stored.

python -m tests.load.ceiling PORT
"""

import asyncio
import json
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve


class Ceiling:
    def __init__(self) -> None:
        self.sockets: set[ServerConnection] = set()
        self.number = 0

    async def listen(self, socket: ServerConnection) -> None:
        self.sockets.add(socket)
        await socket.send('{"ready":true}')
        await socket.wait_closed()

    async def posted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(
                int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length")
            )
            body = json.loads(await reader.readexactly(length))
            self.number += 1
            broadcast(self.sockets, json.dumps({"message": self.number, **body}, ensure_ascii=False))
            answer = json.dumps({"message": self.number}).encode()
            writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)


async def main(port: int) -> None:
    ceiling = Ceiling()
    async with serve(ceiling.listen, "127.0.0.1", port, compression=None):
        posting = await asyncio.start_server(quiet(ceiling.posted), "127.0.0.1", port + 1)
        await posting.serve_forever()


def quiet(serve_one):  # type: ignore[no-untyped-def]
    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve_one(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    return served


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
