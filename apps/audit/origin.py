"""Where the present request came from, kept in a context variable so that actions need not pass it on."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from apps.audit.models import Channel


@dataclass(frozen=True)
class Origin:
    """The entrance, the network address and a short hash of the program somebody used."""

    channel: str
    address: str | None = None
    agent: str = ""


COMMAND = Origin(channel=Channel.COMMAND)
_present: ContextVar[Origin] = ContextVar("origin", default=COMMAND)


def present() -> Origin:
    """The origin of what is being done right now; the command line when no request is open."""
    return _present.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    token = _present.set(origin)
    try:
        yield
    finally:
        _present.reset(token)


def agent_hash(agent: str) -> str:
    """Sixteen hex digits that tell two programs apart without keeping their names."""
    return hashlib.sha256(agent.encode()).hexdigest()[:16] if agent else ""
