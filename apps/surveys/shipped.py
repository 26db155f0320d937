"""The templates that come with the house: a file each in gallery/, in the language of the field."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from apps.surveys.content import Content, read

GALLERY = Path(__file__).parent / "gallery"


@dataclass(frozen=True)
class Shipped:
    """One ready survey: the word in its address, its shelf, what it is for, what it asks."""

    key: str
    category: str
    summary: str
    # Whether it asks how things stand, month after month: then last time's answers are filled in. What asks about one event
    # (a meeting, an accident) is answered anew.
    recurs: bool
    content: Content

    @property
    def origin(self) -> UUID:
        """The same on every installation: surveys that are made of it are known by it."""
        return uuid5(NAMESPACE_OID, f"carenet-survey/{self.key}")


@cache
def shipped() -> tuple[Shipped, ...]:
    """All of them, in the order of their files. One that cannot be kept as a survey is a mistake, and raises."""
    found = []
    for file in sorted(GALLERY.glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        key = file.stem.partition("-")[2]
        found.append(Shipped(key, told["category"], told["summary"], told["recurs"], read(told["content"])))
    return tuple(found)


def shipped_named(key: str) -> Shipped | None:
    return next((one for one in shipped() if one.key == key), None)


def asks_about_one_event(origin: UUID | None) -> bool:
    """Whether a survey that was made of this is about something that happens once."""
    return any(one.origin == origin and not one.recurs for one in shipped())
