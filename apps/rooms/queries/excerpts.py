"""The part of a text in which the words stand that were looked for, each of them marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.kernel.folding import places_of

BEFORE_A_HIT, AFTER_A_HIT = 30, 100


@dataclass(frozen=True)
class Part:
    text: str
    is_hit: bool = False


def excerpt(text: str, words: Iterable[str]) -> list[Part]:
    """The text around the first of the words, on one line, with each of them marked; its beginning where none stands."""
    places = places_of(words, text)
    begin = max(0, places[0][0] - BEFORE_A_HIT) if places else 0
    end = min(len(text), max(begin + BEFORE_A_HIT, places[0][1] if places else 0) + AFTER_A_HIT)
    parts = cut(text, begin, end, places)
    before, after = [Part("…")] * (begin > 0), [Part("…")] * (end < len(text))
    return [*before, *parts, *after]


def marked(text: str, words: Iterable[str]) -> list[Part]:
    return cut(text, 0, len(text), places_of(words, text))


def cut(text: str, begin: int, end: int, places: list[tuple[int, int]]) -> list[Part]:
    parts, at = [], begin
    for first, last in places:
        if first >= end:
            break
        parts += [Part(text[at:first]), Part(text[first : min(last, end)], is_hit=True)]
        at = min(last, end)
    parts.append(Part(text[at:end]))
    return [part for part in parts if part.text]
