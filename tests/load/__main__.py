"""`make bench`: figures of one run on one machine, beside a ceiling measured in the same run. Quote the ratios."""

import asyncio
import os
from collections.abc import Callable
from typing import Any

from tests.live import free_port
from tests.load.city import CLIENTS, settle_city
from tests.load.hidden import compare
from tests.load.lists import ASKED, LIMIT, open_lists
from tests.load.room import Measured, measure
from tests.load.rooms import ROOMS, UNREAD, open_room_list, settle_rooms
from tests.load.town import Town, settle
from tests.load.wire import Poster, Writer
from tests.ownserver import Environ, become_django, fresh_database, serving

OUTSTANDING = 8
MEMBERS = int(os.environ.get("MEMBERS", "350"))
POSTS = int(os.environ.get("POSTS", "600"))


def main() -> None:
    with fresh_database("bench") as environ:
        become_django(environ)
        town = settle(MEMBERS)
        print(f"One room, {MEMBERS} screens, {POSTS} messages of 250 bytes; client and server share the machine.\n")
        print(f"{'':<46}{'posts/s':>9}{'deliveries/s':>14}{'p50 ms':>9}{'p99 ms':>9}{'lost':>6}")
        ceiling = with_ceiling(town)
        row("bare broadcast, nothing stored", ceiling)
        stored = with_carenet(town, environ, by_function)
        row("carenet, stored by the function, 8 at once", stored)
        row("carenet, stored by the function, 10 a second", with_carenet(town, environ, by_function, a_second=10.0))
        row("carenet, posted over HTTP, 8 at once", with_carenet(town, environ, by_http, posts=POSTS // 4))
        print(f"\ndeliveries, carenet / ceiling: {stored.deliveries_a_second / ceiling.deliveries_a_second:.2f}")
        say_how_long_nothing_takes(town, environ)
        say_how_long_lists_take(environ)
        say_how_long_room_lists_take(environ)


def say_how_long_room_lists_take(environ: Environ) -> None:
    """A person in 300 rooms, twelve of them unread: what the list takes the server, beside that of somebody in none."""
    people = settle_rooms()
    port = free_port()
    print(f"\n{f'list of {ROOMS} rooms, {UNREAD} unread, medians':<46}{'ms':>9}{'/ empty list':>14}")
    with serving(["-m", "carenet.server"], environ, port):
        for one in open_room_list(people, port):
            print(f"{one.name:<46}{one.median:>9.1f}{one.ratio:>14.2f}")


def say_how_long_nothing_takes(town: Town, environ: Environ) -> None:
    """What is hidden must take as long as what is missing: the ratio of the two is 1 within noise."""
    port = free_port()
    print(f"\n{'answered that nothing is here, medians of 200':<46}{'hidden ms':>12}{'missing ms':>12}{'ratio':>8}")
    with serving(["-m", "carenet.server"], environ, port):
        for one in compare(town, port):
            print(f"{one.name:<46}{one.hidden:>12.2f}{one.missing:>12.2f}{one.ratio:>8.2f}")


def say_how_long_lists_take(environ: Environ) -> None:
    """A hundred thousand clients: what a list takes the server, and what it is to the same page with nobody on it."""
    city = settle_city()
    port = free_port()
    print(
        f"\n{f'clients seen of {CLIENTS:,}, medians of {ASKED}':<36}{'seen':>10}{'ms':>9}{'limit':>8}{'/ empty list':>14}"
    )
    with serving(["-m", "carenet.server"], environ, port):
        for one in open_lists(city, port):
            broken = "" if one.holds else "  broken"
            print(f"{one.name:<36}{one.clients:>10,}{one.median:>9.1f}{LIMIT:>8}{one.ratio:>14.2f}{broken}")


def row(name: str, one: Measured) -> None:
    print(
        f"{name:<46}{one.posts_a_second:>9.0f}{one.deliveries_a_second:>14,.0f}"
        f"{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}{one.lost:>6}"
    )


def with_ceiling(town: Town) -> Measured:
    port = free_port()
    with serving(["-m", "tests.load.ceiling", str(port)], dict(os.environ), port):
        return asyncio.run(measure(town, port=port, posts=POSTS, posters=by_http(town, port + 1)))


def with_carenet(
    town: Town, environ: Environ, by: Callable[[Town, int], Any], *, posts: int = POSTS, a_second: float | None = None
) -> Measured:
    port = free_port()
    with serving(["-m", "carenet.server"], {**environ, "CARENET_POSTS_PER_MINUTE": "1000000"}, port):
        posts = posts if a_second is None else 100
        return asyncio.run(measure(town, port=port, posts=posts, posters=by(town, port), a_second=a_second))


def by_http(town: Town, port: int) -> list[Poster]:
    path = f"/api/v1/e/{town.slug}/rooms/{town.room_id}/messages/"
    return [Poster("127.0.0.1", port, path, token) for token in town.tokens[:OUTSTANDING]]


def by_function(town: Town, port: int) -> list[Writer]:
    url = os.environ["DATABASE_URL"]
    return [Writer(url, town.room_id, author) for author in town.members[:OUTSTANDING]]


if __name__ == "__main__":
    main()
