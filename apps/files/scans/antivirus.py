"""The virus scanner, asked over its own protocol: ClamAV's `zINSTREAM`, by TCP or by a unix socket (clamd(8))."""

import enum
import socket
import struct
from contextlib import closing
from typing import IO
from urllib.parse import urlsplit

A_PIECE = 256 * 1024
SECONDS = 120.0


class Verdict(enum.Enum):
    CLEAN = "clean"
    INFECTED = "infected"


class ScannerAway(Exception):
    """Nobody answered, or not with a verdict. The file waits."""


def verdict_on(file: IO[bytes], *, at: str) -> Verdict:
    """What the scanner at an address says, `tcp://host:3310` or `unix:///path/of/clamd.ctl`.

    Raises ScannerAway where there is no verdict: also for a file larger than the scanner takes (its StreamMaxLength).
    """
    try:
        with closing(line_to(at)) as line:
            line.settimeout(SECONDS)
            line.sendall(b"zINSTREAM\0")
            file.seek(0)
            while piece := file.read(A_PIECE):
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            answer = answered(line)
    except OSError as error:
        raise ScannerAway from error
    if answer.endswith(b": OK"):
        return Verdict.CLEAN
    if answer.endswith(b" FOUND"):
        return Verdict.INFECTED
    raise ScannerAway


def line_to(at: str) -> socket.socket:
    where = urlsplit(at)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        line.connect(where.path)
        return line
    return socket.create_connection((where.hostname or "localhost", where.port or 3310), timeout=SECONDS)


def answered(line: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0"):
        part = line.recv(4096)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n")
