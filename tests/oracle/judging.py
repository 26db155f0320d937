"""Compares answers with the tables, cell by cell, and says in words where they differ."""

import os
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.oracle import rules
from tests.oracle.facts import CASES, OBJECTS, Object, Person
from tests.oracle.knocking import Knock, knock, missing
from tests.oracle.matters import MATTER_BY_NAME, MATTERS, MAY, is_told_whom, standing_to
from tests.oracle.table import Deed, deeds, expected, knockers, standing_of, things_for
from tests.oracle.town import Town

BELOW = {town: next(thing for thing in OBJECTS if thing.below == town) for town in ("here", "there")}

# Taking away a mark of one's own that there is none of: nothing is done, so nothing is written down.
NOTHING_THERE = tuple(f"DELETE rooms_api:{one}" for one in ("pin", "todo", "bookmark", "draft", "reaction"))
# One deed for each entrance to each kind of thing.
WITNESSES = {
    "GET clients:client",
    "GET rooms:room",
    "GET clients_api:client",
    "GET rooms_api:messages",
    "GET clients:list",
    "POST clients:list, by name",
    "GET clients_api:clients",
}
# Who also asks for what is not there, deed by deed: a role of each kind, and who comes near without coming in.
ASK_FOR_NOTHING = {"manager", "other desk", "waiting", "by hand, over", "family", "admin", "stranger"}
# The same of what is neither client nor room: somebody of the team, who waits for a consent, a guest, a stranger.
NOT_CONCERNED = {"manager", "waiting", "family", "stranger"}
# Where an organization that must keep its own records is shown whose they are.
SHOWS_KEPT = {"clients:kept", "clients:kept_list", "clients_api:kept", "clients_api:kept_list"}
# Where an auditor is shown whom the words fit, once the basis in law is named; and a record on that basis.
SHOWS_SEARCHED = {"clients:inspections", "clients_api:inspection_search"}
SHOWS_INSPECTED = {
    "clients:inspection",
    "rooms:removed",
    "rooms_api:removed",
    "clients_api:inspection",
    "clients_api:inspections",
}
# Prints a paper, or opens a file.
SLOW = {
    "GET clients:consent_form",
    "GET clients_api:consent_form",
    "GET clients:paper",
    "GET clients:paper_preview",
    "GET clients_api:paper_content",
}


@dataclass
class Judge:
    """Hears every person at a deed, and writes down in `wrong` what was not as promised.

    A cell is one person's answer to one deed on one client or room; many things are compared in it.
    """

    town: Town
    # Everything on everything takes minutes: CARENET_ORACLE=whole.
    is_whole: bool = field(default_factory=lambda: os.environ.get("CARENET_ORACLE") == "whole")
    knocks: int = 0
    cells: int = 0
    comparisons: int = 0
    wrong: list[str] = field(default_factory=list)

    def hear(self, deed: Deed) -> None:
        for person in knockers(deed.entrance):
            if deed.part in {"client", "room", "protected", *MATTER_BY_NAME}:
                self.at_things(deed, person)
            else:
                for thing in [one for one in BELOW.values() if self.is_whole or self.is_entered(deed, person, one)]:
                    if deed.part == "everybody inside":
                        self.at_list(deed, person, thing)
                    else:
                        self.compare(deed, person, thing, self.knock(person, deed, thing))

    def is_entered(self, deed: Deed, person: Person, below: Object) -> bool:
        """Every list is tried where the person comes in; where they do not, one for each entrance shows that."""
        if rules.outside(person, below.below):
            return deed.said in WITNESSES
        if deed.part in MAY and not is_first(deed):
            return person.name in NOT_CONCERNED | {"admin"} or MAY[deed.part](person, below.below) == "yes"
        return True

    def knock(self, *what: Any) -> Knock:
        self.knocks += 1
        return knock(self.town, *what)

    # -- a deed on one client or one room

    def at_things(self, deed: Deed, person: Person) -> None:
        nothing: dict[str, Knock] = {}
        for thing in things_for(deed):
            if not (self.is_whole or self.is_tried(deed, person, thing)):
                continue
            one = self.knock(person, deed, thing)
            self.compare(deed, person, thing, one)
            self.compare_showing(deed, person, thing, one)
            asks = self.is_whole or person.name in ASK_FOR_NOTHING
            is_known = standing_of(person, thing) in rules.SEES or rules.keeps(person, thing)
            if one.word == "404" and asks and not (deed.part == "client" and is_known):
                if thing.below not in nothing:
                    # Of somebody whom one sees only what lies below may be missing.
                    nothing[thing.below] = self.knock(
                        person, deed, thing, missing(deed, {"client_id"} if is_known else set())
                    )
                self.compare_with_nothing(deed, person, thing, one, nothing[thing.below])

    def is_tried(self, deed: Deed, person: Person, thing: Object) -> bool:
        """Every deed is tried on all that a fact ties the person to, and the deeds of WITNESSES also on what is not theirs.

        Who does not come in is told so before anybody looks at what is asked for: one object shows that.
        """
        if deed.part in MATTER_BY_NAME or deed.part == "protected":
            return self.is_tried_once(deed, person, thing)
        if rules.outside(person, thing.below) or deed.said in SLOW:
            return thing.name == "own"
        if deed.said in WITNESSES and (deed.entrance == "api" or thing.name == "own"):
            return True
        return rules.concerns(person, thing) and not (deed.part == "client" and person.is_about_rooms)

    def is_tried_once(self, deed: Deed, person: Person, thing: Object) -> bool:
        """The first deed by everybody; the others by whom a fact ties to it, and by one of each role who is not."""
        if rules.outside(person, thing.below):
            return is_first(deed) and thing.below == "here"
        if deed.part == "protected":
            is_tied = standing_of(person, thing) != rules.HIDDEN
        else:
            is_tied = standing_to(person, MATTER_BY_NAME[deed.part], thing.below) != rules.HIDDEN
        if is_first(deed) or is_tied:
            return True
        return person.name in NOT_CONCERNED and thing.name == deed.part

    def compare(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        self.cells += 1
        promised = expected(person, deed, thing)
        self.say(one.word == promised, deed, person, thing, f"is answered {one.word}, promised was {promised}")
        self.compare_ledger(deed, person, thing, one)
        self.compare_silence(deed, person, thing, one)

    def compare_ledger(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        """A refusal leaves exactly one entry; a look at a client, or a deed, leaves one that names the client."""
        is_known = rules.outside(person, thing.below) not in {"none", "locked", "revoked"} and not person.is_disabled
        refusals = 1 if is_known and one.word in {"403", "404", "factor"} else 0
        if one.word != "422":
            self.say(
                one.refusals == refusals,
                deed,
                person,
                thing,
                f"left {one.refusals} refusals in the ledger, not {refusals}",
            )
        if one.word in {"200", "201", "204", "302"} and deed.part in MATTER_BY_NAME:
            is_named = bool(self.town.recorded_as[deed.part] & one.recorded)
            self.say(is_named, deed, person, thing, f"left no entry that names the {deed.part}")
        if one.word in {"200", "201", "204", "302"} and deed.part in {"client", "room", "protected"} and thing.case:
            client, room = self.town.clients[thing.case], self.town.rooms[thing.case]
            is_named = bool({str(client.pk), str(room.pk)} & one.recorded) or "a namesake" in deed.errand
            # Of one's own alone: where nothing was pinned, begun or said in a phrase, nothing is taken back.
            is_mark = "read_mark" in deed.address or deed.said.startswith(NOTHING_THERE)
            self.say(is_named or is_mark, deed, person, thing, "left no entry that names the client")

    def compare_silence(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        """Whatever is answered names nobody whom the person may not see, and no message they may not read."""
        for case in CASES:
            there = Object(case.name, case.name, thing.below)
            if standing_of(person, there) not in rules.SEES and not self.is_told(deed, person, there):
                betrayed = one.shows(self.town.betrays[case.name])
                self.say(not betrayed, deed, person, thing, f"names the client “{case.name}”, who is hidden")
            if not rules.is_told_telephone(person, there):
                called = one.shows({self.town.phones[case.name]})
                self.say(not called, deed, person, thing, f"tells the family's telephone number of “{case.name}”")
        for name, (first, rest) in self.town.talks.items():
            room = Object(name, name, thing.below)
            is_hidden = self.is_elsewhere(room) or rules.standing_in_room(person, room) == rules.HIDDEN
            if is_hidden:
                # A room about nobody that one has left is hidden like any other; its title is among its words.
                self.say(
                    not one.shows(rest), deed, person, thing, f"shows the room “{name or 'group'}”, which is hidden"
                )
            if is_hidden or not rules.reads_first_message(person, room):
                self.say(
                    not one.shows({first}), deed, person, thing, f"shows a message of “{name or 'group'}” from before"
                )

        self.compare_places(deed, person, thing, one)
        self.compare_matters(deed, person, thing, one)

    def compare_matters(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        for matter in MATTERS:
            if standing_to(person, matter, thing.below) == rules.HIDDEN:
                told = one.shows({str(self.town.matters[matter.name]), *self.town.secrets.get(matter.name, set())})
                self.say(not told, deed, person, thing, f"names the {matter.name}, which is hidden")

    def is_told(self, deed: Deed, person: Person, there: Object) -> bool:
        """Whether somebody who does not see the client is told who it is, by law, on this one page."""
        if deed.address in SHOWS_KEPT:
            return rules.keeps(person, there)
        if deed.address in SHOWS_INSPECTED:
            return rules.inspects(person, there)
        if deed.address in SHOWS_SEARCHED:
            return MAY["who inspects"](person, there.below) == "yes"
        matter = MATTER_BY_NAME.get(deed.part)
        return matter is not None and matter.case == there.case and is_told_whom(person, matter)

    def compare_places(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        """Nobody whom two others have not let in is told where a protected client is, nor which offices are near."""
        for case in CASES:
            there = Object(case.name, case.name, thing.below)
            if case.is_protected and not rules.knows_places(person, there):
                told = one.shows(self.town.places[case.name])
                self.say(not told, deed, person, thing, f"tells where “{case.name}” is")
                if deed.part == "protected":
                    near = {word for body, words in self.town.near[case.name].items() for word in words}
                    place = rules.place_in(person, thing.below)
                    own = self.town.near[case.name].get(place.body, set()) if place else set()
                    self.say(not one.shows(near - own), deed, person, thing, "names an office near the client")

    def is_elsewhere(self, room: Object) -> bool:
        return room.below != (rules.CASE_BY_NAME[room.case].town if room.case else "here")

    def compare_showing(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        """What is not hidden is really shown: an empty page would otherwise pass every test."""
        if deed.shows == "places":
            if rules.knows_places(person, thing) and one.word == "200":
                self.say(one.shows(self.town.places[thing.case]), deed, person, thing, "does not show the places")
        elif deed.shows == "the matter":
            if one.word == "200" and standing_to(person, MATTER_BY_NAME[deed.part], thing.below) != rules.HIDDEN:
                self.say(one.shows(self.town.tells[deed.part]), deed, person, thing, "does not show what was asked for")
        elif deed.shows and one.word in {"200", "422"}:
            if deed.shows == "client":
                client = self.town.clients[thing.case]
                words = {word for word in (client.name, client.area) if word}
            elif deed.shows == "number":
                words = {self.town.numbers[thing.case]}
            else:
                words = {word for word in self.town.talks[thing.case][1] if "二通目" in word}
            self.say(one.shows(words), deed, person, thing, f"does not show the {deed.shows}")

    def compare_with_nothing(self, deed: Deed, person: Person, thing: Object, one: Knock, nothing: Knock) -> None:
        """Hidden is answered as missing is, to the byte, and asks the database the same questions on the way."""
        self.say(one.told == nothing.told, deed, person, thing, "is answered otherwise than where nothing is")
        same = one.asked == nothing.asked
        self.say(
            same, deed, person, thing, "asks the database otherwise than where nothing is, which takes another time"
        )

    # -- lists, counts, searches

    def at_list(self, deed: Deed, person: Person, below: Object) -> None:
        one = self.knock(person, deed, below)
        self.compare(deed, person, below, one)
        if one.word != "200":
            return
        for case in CASES:
            thing = Object(case.name, case.name, below.below)
            listed = one.shows(self.town.betrays[case.name])
            if deed.answers["clients"] == "any":
                continue
            promised = self.belongs(deed.answers["clients"], person, thing)
            self.cells += 1
            self.say(listed == promised, deed, person, thing, f"{'lists' if listed else 'does not list'} the client")
        for name, (_, words) in self.town.talks.items():
            thing = Object(name, name, below.below)
            listed = one.shows(words)
            promised = not self.is_elsewhere(thing) and self.belongs(deed.answers["rooms"], person, thing)
            self.say(listed == promised, deed, person, thing, f"{'lists' if listed else 'does not list'} the room")
        if deed.answers["number"] != "-":
            self.compare_number(deed, person, below, one)
        for matter in MATTERS if deed.shows else []:
            if matter.word == deed.shows:
                listed = one.shows({str(self.town.matters[matter.name])})
                knows = standing_to(person, matter, below.below) != rules.HIDDEN
                self.cells += 1
                self.say(listed == knows, deed, person, below, f"lists the {matter.name}: {listed}, promised: {knows}")

    def belongs(self, to: str, person: Person, thing: Object) -> bool:
        if thing.case and self.is_elsewhere(thing):
            return False
        reads = rules.standing_in_room(person, thing) != rules.HIDDEN
        return {
            "-": False,
            "kept": rules.keeps(person, thing),
            "urgent": standing_of(person, thing) == rules.URGENT,
            "sees": standing_of(person, thing) in rules.SEES,
            "reads": reads,
            # What is open in an emergency only is no conversation of one's own, and counts nowhere.
            "counted": reads and standing_of(person, thing) != rules.URGENT,
            "cards": standing_of(person, thing) == rules.CARD,
            "ending": rules.cares(person, thing) and rules.has_consent_that_ends_soon(thing),
        }[to]

    def compare_number(self, deed: Deed, person: Person, below: Object, one: Knock) -> None:
        what = deed.answers["number"]
        names = [*(case.name for case in CASES), ""] if what in {"reads", "counted"} else [case.name for case in CASES]
        things = [Object(name, name, below.below) for name in names]
        promised = sum(not self.is_elsewhere(thing) and self.belongs(what, person, thing) for thing in things)
        counted = number_in(one.text)
        self.say(counted == promised, deed, person, below, f"counts {counted}, promised was {promised}")

    def say(self, is_right: bool, deed: Deed, person: Person, thing: Object, words: str) -> None:
        self.comparisons += 1
        if not is_right:
            self.wrong.append(f"{deed.said} · {person.name} · {thing.name or 'group'}: {words}")


def is_first(deed: Deed) -> bool:
    """The deed on which everybody is tried, those who do not come in as well: the first of its section and entrance."""
    return first_of_each_part()[deed.part, deed.entrance] == deed.said


@cache
def first_of_each_part() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for deed in deeds():
        found.setdefault((deed.part, deed.entrance), deed.said)
    return found


def number_in(text: str) -> int:
    """How many an answer says there are: a count of the API, a badge, the line above a search's hits, a list's length."""
    if match := re.search(r'"(?:count|rooms)": ?(\d+)', text):
        return int(match[1])
    if match := re.search(r"(\d+) (?:person|people) found", text):
        return int(match[1])
    if "Nobody was found" in text:
        return 0
    return text.count('"id":')
