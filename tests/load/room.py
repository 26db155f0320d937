"""One room, many screens: how many deliveries a second one process makes, and how long a message takes to the last."""

import asyncio
import statistics
from collections import defaultdict
from dataclasses import dataclass
from uuid import uuid4

from tests.load.town import Town
from tests.load.wire import Listener, Poster, Writer, now

WARM = 20


@dataclass(frozen=True)
class Measured:
    posts_a_second: float
    deliveries_a_second: float
    p50_ms: float
    p99_ms: float
    lost: int


class Crowd:
    """Everybody who listens; knows when a message has reached the last of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.heard: defaultdict[int, int] = defaultdict(int)
        self.complete_at: dict[int, float] = {}
        self.deliveries = 0

    def hear(self, text: bytes) -> None:
        # Taken apart as thinly as can be: 350 times JSON would be the longest part of what is measured.
        if not text.startswith(b'{"message":'):
            return
        number = int(text[text.index(b":") + 1 : text.index(b",")])
        self.deliveries += 1
        self.heard[number] += 1
        if self.heard[number] == self.size:
            self.complete_at[number] = now()

    def forget(self) -> None:
        self.heard.clear()
        self.complete_at.clear()
        self.deliveries = 0


async def measure(
    town: Town, *, port: int, posts: int, posters: list[Poster] | list[Writer], a_second: float | None = None
) -> Measured:
    """Post so many messages, as many at a time as there are posters, or at a steady rate, until everybody has heard all."""
    crowd = Crowd(len(town.tokens))
    await everybody_listens(town, port, crowd)
    for poster in posters:
        await poster.open()
    # What a process does once, for its first message, is no part of what the others wait for.
    await posted(posters, WARM, crowd, None)
    crowd.forget()
    began = now()
    sent_at = await posted(posters, posts, crowd, a_second)
    for poster in posters:
        await poster.close()
    ended = max(crowd.complete_at.values(), default=now())
    took = sorted(
        1000 * (crowd.complete_at[number] - at) for number, at in sent_at.items() if number in crowd.complete_at
    )
    return Measured(
        posts_a_second=posts / (ended - began),
        deliveries_a_second=crowd.deliveries / (ended - began),
        p50_ms=statistics.median(took),
        p99_ms=took[int(len(took) * 0.99)],
        lost=posts * crowd.size - crowd.deliveries,
    )


async def posted(
    posters: list[Poster] | list[Writer], posts: int, crowd: Crowd, a_second: float | None
) -> dict[int, float]:
    """Number → when it was sent, of so many messages; ends when everybody has heard all, or after 15 seconds more."""
    sent_at: dict[int, float] = {}
    left, began = iter(range(posts)), now()

    async def post_in_turn(poster: Poster | Writer) -> None:
        for nth in left:
            if a_second is not None:
                await asyncio.sleep(max(0.0, began + nth / a_second - now()))
            at = now()
            number = await poster.post("本日の様子：食事は全量、血圧一三二の七八。" * 4, str(uuid4()))
            sent_at[number] = at

    await asyncio.gather(*(post_in_turn(poster) for poster in posters))
    until = now() + 15
    while len(crowd.complete_at) < posts and now() < until:
        await asyncio.sleep(0.01)
    return sent_at


async def everybody_listens(town: Town, port: int, crowd: Crowd) -> None:
    loop = asyncio.get_running_loop()
    for start in range(0, len(town.tokens), 50):
        made = await asyncio.gather(
            *(
                loop.create_connection(
                    lambda token=token: Listener(  # type: ignore[misc]
                        host=f"localhost:{port}", path=f"/e/{town.slug}/ws/", token=token, heard=crowd.hear
                    ),
                    "127.0.0.1",
                    port,
                )
                for token in town.tokens[start : start + 50]
            )
        )
        await asyncio.gather(*(listener.ready for _, listener in made))
