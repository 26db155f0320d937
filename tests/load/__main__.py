"""`make bench`: figures of one run on one machine, beside a ceiling measured in the same run. Quote the ratios.

`ONLY="town back" make bench` measures those sections alone: room, town, back, lists, offices, visits,
ledger, opening.
"""

import os
from collections.abc import Callable
from typing import Any

import uvloop

from tests.live import free_port
from tests.load import talks
from tests.load.city import CLIENTS, settle_city
from tests.load.hidden import compare
from tests.load.lists import ASKED, LIMIT, open_lists
from tests.load.offices import OFFICES, ask_offices, settle_offices
from tests.load.room import Measured, measure
from tests.load.rooms import LONG, SHORT, UNREAD, Taken, leave_unread, open_long_room, open_room_list
from tests.load.searching import MESSAGES, search_all, settle_search, what_being_searched_costs
from tests.load.seeded import newcomer
from tests.load.talk import HEADING, Talk, said
from tests.load.town import Town, settle
from tests.load.visits import ANSWERED, PLACES, RIVALS, ROUNDS, find_times, rival, settle_desks
from tests.load.wire import Poster, Writer
from tests.ownserver import Environ, become_django, fresh_database, serving

OUTSTANDING = 8
MEMBERS = int(os.environ.get("MEMBERS", "350"))
POSTS = int(os.environ.get("POSTS", "600"))
# So many at a steady rate that the worst in a hundred are three.
STEADY = 300


def main() -> None:
    wanted = os.environ.get("ONLY", "").split()
    with fresh_database("bench") as environ:
        become_django(environ)
        for name, say in SECTIONS.items():
            if not wanted or name in wanted:
                say(environ)


def say_what_one_room_carries(environ: Environ) -> None:
    """One room of 350 beside a bare server that stores nothing; and what is answered to somebody who may see nothing."""
    town = settle(MEMBERS)
    print(f"One room, {MEMBERS} screens, {POSTS} messages of 250 bytes; client and server share the machine.\n")
    print(f"{'':<46}{'posts/s':>9}{'deliveries/s':>14}{'p50 ms':>9}{'p99 ms':>9}{'lost':>6}")
    ceiling = with_ceiling(town)
    row("bare broadcast, nothing stored", ceiling)
    row("bare broadcast, nothing stored, 10 a second", with_ceiling(town, a_second=10.0))
    stored = with_carenet(town, environ, by_function)
    row("carenet, stored by the function, 8 at once", stored)
    row("carenet, stored by the function, 10 a second", with_carenet(town, environ, by_function, a_second=10.0))
    row("carenet, posted over HTTP, 8 at once", with_carenet(town, environ, by_http, posts=POSTS // 4))
    print(f"\ndeliveries, carenet / ceiling: {stored.deliveries_a_second / ceiling.deliveries_a_second:.2f}")
    say_how_long_nothing_takes(town, environ)


def say_how_a_town_talks(environ: Environ) -> None:
    """500 rooms of eight over a thousand sockets, at rates that rise until they are not carried any more."""
    town = talks.settle_talks(environ)
    print(f"\n{f'{talks.ROOMS} rooms of {talks.MEMBERS}, {talks.PEOPLE} sockets; offered':<46}{HEADING}{'limit':>8}")
    for rate, limit in talks.GOALS.items():
        talk_row(f"one process, {rate} a second", talks.at_rate(town, environ, rate), limit)
    talk_row("two processes, 400 a second", talks.at_rate(town, environ, 400, processes=2), talks.GOALS[400])
    best = 0.0
    for rate, talk in talks.climb(town, environ):
        talk_row(f"one process, {rate} a second", talk, talks.GOALS[1_600])
        best = max(best, talk.messages_a_second)
    beside = talks.stored_by_pgbench(town, environ["DATABASE_URL"])
    print(f"\nmessages a second: {best:,.0f}; the same statement by pgbench: {beside:,.0f}; ratio {best / beside:.2f}")


def say_how_a_town_comes_back(environ: Environ) -> None:
    """Two thousand sockets whose server was killed."""
    came, back, talk = talks.come_back(environ)
    print(f"\n{f'{came.sockets:,} sockets':<46}{'seconds':>9}{'kB/socket':>12}")
    for name, one in {"coming in groups of fifty": came, "coming back all at once": back}.items():
        print(f"{name:<46}{one.seconds:>9.1f}{one.kilobytes:>12.1f}")
    print(f"{'':<46}{HEADING}")
    talk_row("afterwards, 8 at once", talk)


def say_how_long_opening_takes(environ: Environ) -> None:
    """The list of a person in 300 rooms, and a page of a room of 100,000 messages; then searches of the same person."""
    town = settle_search(environ)
    rooms, idle = leave_unread(town), newcomer(town["slug"])
    long = open_long_room(environ)
    port = free_port()
    with serving(["-m", "carenet.server"], environ, port):
        print(f"\n{f'list of {rooms} rooms, {UNREAD} unread, medians':<46}{'ms':>9}{'limit':>8}{'/ empty list':>14}")
        for one in open_room_list(town, idle, port):
            taken_row(one)
        print(f"\n{f'room of {LONG:,} messages, medians':<46}{'ms':>9}{'limit':>8}{f'/ of {SHORT}':>14}")
        for one in long.pages(port):
            taken_row(one)
        say_how_long_searches_take(town, idle, port)
    stored, searched = what_being_searched_costs()
    print(f"\nmessages a second, stored: {stored:,.0f}; taken in: {searched:,.0f}; ratio {searched / stored:.2f}")


def say_how_long_searches_take(town: dict[str, Any], idle: str, port: int) -> None:
    """`MESSAGES=1000000 make bench` is the size the limits are for, and takes half an hour."""
    print(
        f"\n{f'searches among {MESSAGES:,} messages, medians':<46}{'hits':>6}{'ms':>9}{'limit':>8}{'/ in no room':>14}"
    )
    for one in search_all(town, idle, port):
        print(f"{one.name:<46}{one.hits:>6}{one.median:>9.1f}{one.limit:>8}{one.ratio:>14.2f}{broken(one.holds)}")


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
            print(f"{one.name:<36}{one.clients:>10,}{one.median:>9.1f}{LIMIT:>8}{one.ratio:>14.2f}{broken(one.holds)}")


def say_what_many_offices_cost(environ: Environ) -> None:
    """A survey to 700 offices, its results, and the board of as many facilities, beside the results of one office."""
    offices = settle_offices()
    port = free_port()
    print(f"\n{f'surveys of {OFFICES} offices, medians':<46}{'ms':>9}{'limit':>8}{'/ one office':>14}")
    with serving(["-m", "carenet.server"], environ, port):
        for one in ask_offices(offices, port):
            taken_row(one)


def say_what_visits_cost(environ: Environ) -> None:
    """The next free times of 700 facilities; two hundred clerks who want five places at once, five times over."""
    desks = settle_desks()
    port = free_port()
    print(f"\n{'visits, medians':<46}{'ms':>9}{'limit':>8}{'/ own visits':>14}")
    second = free_port()
    server = ["-m", "carenet.server"]
    with serving(server, environ, port), serving(server, environ, second):
        for one in find_times(desks, port):
            taken_row(one)
        rivalry = rival(desks, (port, second))
    heading = f"{RIVALS} at once for {PLACES} places, {ROUNDS} rounds"
    print(f"\n{heading:<46}{'held':>6}{'409':>6}{'p50 ms':>9}{'p99 ms':>9}{'limit':>8}{'p99 / alone':>13}")
    said = f"{'':<46}{rivalry.sold:>6}{rivalry.answers[409]:>6}{rivalry.p50:>9.0f}{rivalry.p99:>9.0f}"
    print(f"{said}{ANSWERED:>8}{rivalry.p99 / rivalry.alone:>13.1f}{broken(rivalry.holds)}")


def say_what_sealing_costs(environ: Environ) -> None:
    """Two who write into the ledger beside the sealer; then a long ledger sealed at once, taken out and checked."""
    from tests.load import ledger

    one = ledger.seal_beside_writers(environ)
    print(f"\n{'the ledger':<46}{'/s alone':>10}{'/s beside':>10}{'ratio':>8}{'limit':>8}")
    print(
        f"{'entries written, the sealer at work':<46}{one.alone:>10,.0f}{one.beside:>10,.0f}{one.ratio:>8.2f}{ledger.SHARE:>8}"
    )
    print(f"{'':<46}{'/s':>10}{'p50 s':>10}{'worst s':>8}{'limit':>8}")
    said = f"{f'behind, at {ledger.RATE} a second':<46}{one.steady:>10,.0f}{one.p50:>10.1f}{one.worst:>8.1f}{ledger.LAG:>8.0f}"
    print(f"{said}{broken(one.holds)}")
    long = ledger.check_a_long_ledger()
    print(f"{f'{ledger.ENTRIES:,} entries, a second':<46}{'sealed':>10}{'taken out':>10}{'checked':>8}{'limit':>8}")
    said = f"{'':<46}{long.sealed:>10,.0f}{long.taken_out:>10,.0f}{long.checked:>8,.0f}{ledger.CHECKED_A_SECOND:>8,.0f}"
    print(
        f"{said}\n{'a proof that an entry is in it, ms':<46}{long.proof:>10.1f}{ledger.PROOF:>10}{broken(long.holds)}"
    )


def broken(holds: bool) -> str:
    return "" if holds else "  broken"


def taken_row(one: Taken) -> None:
    print(f"{one.name:<46}{one.median:>9.1f}{one.limit:>8}{one.ratio:>14.2f}{broken(one.holds)}")


def talk_row(name: str, talk: Talk, limit: int | None = None) -> None:
    holds = limit is None or (talk.at(0.99) <= limit and not talk.lost)
    print(f"{name:<46}{said(talk)}{limit or '':>8}{broken(holds)}", flush=True)


def row(name: str, one: Measured) -> None:
    print(
        f"{name:<46}{one.posts_a_second:>9.0f}{one.deliveries_a_second:>14,.0f}"
        f"{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}{one.lost:>6}"
    )


def with_ceiling(town: Town, *, a_second: float | None = None) -> Measured:
    port = free_port()
    posts = POSTS if a_second is None else STEADY
    with serving(["-m", "tests.load.ceiling", str(port)], dict(os.environ), port):
        return uvloop.run(measure(town, port=port, posts=posts, posters=by_http(town, port + 1), a_second=a_second))


def with_carenet(
    town: Town, environ: Environ, by: Callable[[Town, int], Any], *, posts: int = POSTS, a_second: float | None = None
) -> Measured:
    port = free_port()
    with serving(["-m", "carenet.server"], {**environ, "CARENET_POSTS_PER_MINUTE": "1000000"}, port):
        posts = posts if a_second is None else STEADY
        return uvloop.run(measure(town, port=port, posts=posts, posters=by(town, port), a_second=a_second))


def by_http(town: Town, port: int) -> list[Poster]:
    path = f"/api/v1/e/{town.slug}/rooms/{town.room_id}/messages/"
    return [Poster("127.0.0.1", port, path, token) for token in town.tokens[:OUTSTANDING]]


def by_function(town: Town, port: int) -> list[Writer]:
    url = os.environ["DATABASE_URL"]
    return [Writer(url, town.room_id, author) for author in town.members[:OUTSTANDING]]


SECTIONS: dict[str, Callable[[Environ], None]] = {
    "room": say_what_one_room_carries,
    "town": say_how_a_town_talks,
    "back": say_how_a_town_comes_back,
    "lists": say_how_long_lists_take,
    "offices": say_what_many_offices_cost,
    "visits": say_what_visits_cost,
    "ledger": say_what_sealing_costs,
    "opening": say_how_long_opening_takes,
}


if __name__ == "__main__":
    main()
