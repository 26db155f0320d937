"""Reads doors.txt: which person gets which answer at which door."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.doors.world import PEOPLE

FILE = Path(__file__).parent / "doors.txt"
DOOR = re.compile(r"(?P<method>GET|POST|PUT|PATCH|DELETE|SOCKET) +(?P<name>\S+) {2,}(?P<rest>.+)")
# The last answer of a row is for everybody whom neither the row nor its group has named.
OTHERS = "others"


@dataclass
class Door:
    """A row: a method at an address, and what each person is answered."""

    method: str
    name: str
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def is_for(self) -> str:
        return f"{self.method} {self.name}"


def doors() -> list[Door]:
    found: list[Door] = []
    names: dict[str, list[str]] = {}
    group: dict[str, str] = {}
    for number, line in enumerate(FILE.read_text().splitlines(), start=1):
        text = line.partition("#")[0].rstrip()
        if not text:
            continue
        try:
            if text.startswith("let "):
                name, _, members = text.removeprefix("let ").partition(" = ")
                names[name.strip()] = members.split()
            elif text.startswith("every row:"):
                group = answers_in(text.removeprefix("every row:"), names)
            else:
                found.append(door_in(text, names, group))
        except ValueError as error:
            raise ValueError(f"{FILE.name}, line {number}: {error}") from error
    return found


def door_in(text: str, names: dict[str, list[str]], group: dict[str, str]) -> Door:
    match = DOOR.fullmatch(text)
    if match is None:
        raise ValueError("neither a door nor a name")
    own = answers_in(match["rest"], names)
    others = own.pop(OTHERS, None)
    answers = {**group, **own}
    for person in PEOPLE:
        if person not in answers:
            if others is None:
                raise ValueError(f"says nothing of {person}")
            answers[person] = others
    return Door(match["method"], match["name"], answers)


def answers_in(text: str, names: dict[str, list[str]]) -> dict[str, str]:
    """`200 sato suzuki, 404 others` as a word for every person."""
    answers: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        answer, *people = part.split()
        for person in (one for name in people for one in names.get(name, [name])):
            if person not in [*PEOPLE, OTHERS]:
                raise ValueError(f"nobody is called {person}")
            if person in answers:
                raise ValueError(f"{person} is named twice")
            answers[person] = answer
    return answers
