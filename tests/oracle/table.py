"""Reads the two tables written by hand, standings.txt and answers.txt: what is promised, before anybody knocks."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.oracle import rules
from tests.oracle.facts import CASES, OBJECTS, PEOPLE, PROTECTED, Object, Person
from tests.oracle.matters import MATTER_BY_NAME, MAY, standing_to, things_of_matter

FOLDER = Path(__file__).parent
ROW = re.compile(r"(?P<method>GET|POST|PUT|PATCH|DELETE) +(?P<address>[\w:]+)(?:, (?P<errand>.+?))? *\| (?P<rest>.+)")


# Who waits is answered as if there were nobody; who is introduced may do what somebody let in by hand may do.
COLUMNS = {rules.CARD: "hidden", rules.INTRODUCED: "hand"}


@dataclass(frozen=True)
class Deed:
    """A row of answers.txt: what somebody does, and the answers by column."""

    part: str
    method: str
    address: str
    errand: str
    answers: dict[str, str]
    shows: str

    @property
    def said(self) -> str:
        return f"{self.method} {self.address}" + (f", {self.errand}" if self.errand else "")

    @property
    def entrance(self) -> str:
        if "_api:" in self.address:
            return "api"
        # A script that posts a message asks for JSON: it is answered like a fragment, by a status.
        return "fragment" if self.errand in {"as a fragment", "searching", "sent"} else "page"


@cache
def deeds() -> tuple[Deed, ...]:
    found = []
    for part, columns, line in parts():
        if part == "outside":
            continue
        match = ROW.fullmatch(line)
        assert match is not None, f"answers.txt: {line}"
        rest, _, shows = match["rest"].partition("shows ")
        words = rest.split()
        assert len(words) == len(columns), f"answers.txt: {line}"
        answers = dict(zip(columns, words, strict=True))
        found.append(Deed(part, match["method"], match["address"], match["errand"] or "", answers, shows.strip()))
    return tuple(found)


@cache
def answers_outside() -> dict[str, dict[str, str]]:
    """Why somebody does not come in → what each entrance answers."""
    return {
        line.split()[0]: dict(zip(columns, line.partition("|")[2].split(), strict=True))
        for part, columns, line in parts()
        if part == "outside"
    }


def parts() -> list[tuple[str, list[str], str]]:
    found, part, columns = [], "", [""]
    for raw in (FOLDER / "answers.txt").read_text().splitlines():
        line = raw.partition("#")[0].rstrip()
        if line.startswith("-- "):
            part, _, rest = line.removeprefix("-- ").partition("|")
            part, columns = part.strip(), rest.split()
        elif line:
            found.append((part, columns, line))
    return found


@cache
def standings() -> dict[tuple[str, str], str]:
    """Person and client → how they stand, as written by hand."""
    found = {}
    for raw in (FOLDER / "standings.txt").read_text().splitlines():
        line = raw.partition("#")[0].rstrip()
        if line:
            person, *words = [word.strip() for word in line.split("|")]
            for case, word in zip(CASES, words, strict=True):
                found[person, case.name] = rules.HIDDEN if word == "-" else word
    return found


def expected(person: Person, deed: Deed, thing: Object) -> str:
    """The answer that is promised: a status, or where a person is sent to prove who they are."""
    why = rules.outside(person, thing.below)
    if why:
        return answers_outside()[why][deed.entrance]
    if deed.part == "client":
        return about_client(person, deed, thing)
    answer = deed.answers[column(person, deed, thing)] if deed.part != "everybody inside" else "200"
    if answer.startswith("whole:"):
        return answer.removeprefix("whole:") if rules.hands_over(person, thing) else "403"
    return answer


def about_client(person: Person, deed: Deed, thing: Object) -> str:
    standing = standing_of(person, thing)
    answer = deed.answers[COLUMNS.get(standing, standing)]
    if answer == "keeps":
        return "200" if rules.keeps(person, thing) else "404"
    if answer == "inspects":
        return "200" if rules.inspects(person, thing) else "404"
    return registering(person, deed, thing) if answer == "new" else answer


def column(person: Person, deed: Deed, thing: Object) -> str:
    """How the person stands to what the section is about."""
    if deed.part == "room":
        return rules.standing_in_room(person, thing)
    if deed.part == "protected":
        return "in" if rules.knows_places(person, thing) else standing_of(person, thing)
    if deed.part in MATTER_BY_NAME:
        return standing_to(person, MATTER_BY_NAME[deed.part], thing.below)
    stands = MAY[deed.part](person, thing.below)
    return stands if stands in deed.answers else "no"


def registering(person: Person, deed: Deed, thing: Object) -> str:
    """Somebody whom nobody here knows is registered by who registers at all."""
    [rule] = [
        one
        for one in deeds()
        if one.part == "who registers" and (one.method, one.address) == (deed.method, deed.address)
    ]
    return rule.answers[MAY[rule.part](person, thing.below)]


def standing_of(person: Person, thing: Object) -> str:
    """From the table written by hand; ids asked for below another town are always nothing."""
    case = rules.CASE_BY_NAME.get(thing.case)
    if case is None or case.town != thing.below:
        return rules.HIDDEN
    return standings()[person.name, case.name]


def things_for(deed: Deed) -> list[Object]:
    """What a deed is tried on. A deed on a client has nothing to do with the room about nobody."""
    if deed.part == "client":
        return [thing for thing in OBJECTS if thing.case]
    if deed.part == "protected":
        return [PROTECTED]
    if deed.part in MATTER_BY_NAME:
        return things_of_matter(deed.part)
    return list(OBJECTS)


def knockers(entrance: str) -> list[Person]:
    """A program with a token comes through the API only."""
    return [person for person in PEOPLE if entrance == "api" or person.session not in {"token", "revoked"}]
