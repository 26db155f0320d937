"""`make bench`: figures of one run on one machine, beside a ceiling measured in the same run. Quote the ratios."""

import asyncio
import os

from tests.live import free_port
from tests.load.room import Measured, measure
from tests.load.town import Town, settle
from tests.ownserver import Environ, become_django, fresh_database, serving

MEMBERS = int(os.environ.get("MEMBERS", "350"))
POSTS = int(os.environ.get("POSTS", "600"))


def main() -> None:
    with fresh_database("bench") as environ:
        become_django(environ)
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
    with serving(["-m", "tests.load.ceiling", str(port)], dict(os.environ), port):
        return asyncio.run(measure(town, port=port, posts=POSTS, outstanding=8, post_port=port + 1))


def with_carenet(town: Town, environ: Environ, *, a_second: float | None = None) -> Measured:
    port = free_port()
    with serving(["-m", "carenet.server"], {**environ, "CARENET_POSTS_PER_MINUTE": "1000000"}, port):
        posts = POSTS if a_second is None else 100
        return asyncio.run(measure(town, port=port, posts=posts, outstanding=8, a_second=a_second))


if __name__ == "__main__":
    main()
