"""What has become of a text, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Between two changes so many lines are shown as they stand; what lies further away is left out.
AROUND = 3


@dataclass(frozen=True)
class Line:
    """A line as it stands (`same`), as it stood before (`gone`), as it stands now (`new`), or lines left out (`left`)."""

    kind: str
    text: str = ""
    count: int = 0


def compared(before: str, after: str) -> list[Line]:
    """The second text beside the first; nothing where both say the same."""
    old, new = before.split("\n"), after.split("\n")
    if old == new:
        return []
    return list(lines(SequenceMatcher(None, old, new), old, new))


def lines(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[Line]:
    codes = matcher.get_opcodes()
    for nth, (kind, i1, i2, j1, j2) in enumerate(codes):
        if kind == "equal":
            yield from same(old[i1:i2], is_first=nth == 0, is_last=nth == len(codes) - 1)
        else:
            yield from (Line("gone", text) for text in old[i1:i2])
            yield from (Line("new", text) for text in new[j1:j2])


def same(texts: list[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    """Lines between two changes; many of them are told by their number."""
    head, tail = 0 if is_first else AROUND, 0 if is_last else AROUND
    left = len(texts) - head - tail
    if left <= 1:
        yield from (Line("same", text) for text in texts)
        return
    yield from (Line("same", text) for text in texts[:head])
    yield Line("left", count=left)
    yield from (Line("same", text) for text in texts[len(texts) - tail :])
