"""`make bench`: figures of one run on one machine, beside a ceiling measured in the same run. Quote the ratios."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.load.room import Measured, measure
from tests.load.town import PROJECT, Town, database, settle
from tests.live import free_port

MEMBERS = int(os.environ.get("MEMBERS", "350"))
POSTS = int(os.environ.get("POSTS", "600"))


def main() -> None:
    with database() as environ:
        os.environ.update(environ)
        os.environ["DJANGO_SETTINGS_MODULE"] = "carenet.settings"
        import django

        django.setup()
        town = settle(MEMBERS)
        print(f"One room, {MEMBERS} screens, {POSTS} messages of 250 bytes; client and server share the machine.\n")
        print(f"{'':<34}{'posts/s':>9}{'deliveries/s':>14}{'p50 ms':>9}{'p99 ms':>9}{'lost':>6}")
        ceiling = with_ceiling(town)
        ours = with_carenet(town, environ)
        steady = with_carenet(town, environ, a_second=10.0)
        row("bare broadcast, nothing stored", ceiling)
        row("carenet, 8 outstanding", ours)
        row("carenet, 10 a second", steady)
        print(f"\ncarenet / ceiling: {ours.deliveries_a_second / ceiling.deliveries_a_second:.2f}")


def row(name: str, one: Measured) -> None:
    print(
        f"{name:<34}{one.posts_a_second:>9.0f}{one.deliveries_a_second:>14,.0f}"
        f"{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}{one.lost:>6}"
    )


def with_ceiling(town: Town) -> Measured:
    port = free_port()
    with running([sys.executable, "-m", "tests.load.ceiling", str(port)], dict(os.environ)):
        until_it_answers(port)
        return asyncio.run(measure(town, port=port, posts=POSTS, outstanding=8, post_port=port + 1))


def with_carenet(town: Town, environ: dict[str, str], *, a_second: float | None = None) -> Measured:
    port = free_port()
    with running([sys.executable, "-m", "carenet.server"], {**environ, "PORT": str(port), "CARENET_HOST": "127.0.0.1"}):
        until_it_answers(port)
        posts = POSTS if a_second is None else 100
        return asyncio.run(measure(town, port=port, posts=posts, outstanding=8, a_second=a_second))


def until_it_answers(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


@contextmanager
def running(words: list[str], environ: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(words, cwd=PROJECT, env=environ)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


if __name__ == "__main__":
    main()
