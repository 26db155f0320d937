"""Events of a day side by side: those that overlap share the width, each in a lane of its own."""

from collections.abc import Sequence

# A shorter event is drawn as high as this one, so that its words are read.
LEAST_MINUTES = 30


def laned(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each span of minutes, in the order in which they begin: its lane, and how many lanes stand beside one another."""
    found: list[tuple[int, int]] = []
    lanes: list[int] = []
    for begins, ends in spans:
        if lanes and begins >= max(lanes):
            found, lanes = widened(found, len(lanes)), []
        free = next((nth for nth, taken in enumerate(lanes) if taken <= begins), len(lanes))
        lanes[free : free + 1] = [max(ends, begins + LEAST_MINUTES)]
        found.append((free, 0))
    return widened(found, len(lanes))


def widened(found: list[tuple[int, int]], lanes: int) -> list[tuple[int, int]]:
    """Those of the last group are told how many lanes it has."""
    return [(lane, known or lanes) for lane, known in found]
