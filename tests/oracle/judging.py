"""Compares answers with the tables, cell by cell, and says in words where they differ."""

import os
import re
from dataclasses import dataclass, field
from typing import Any

from tests.oracle import rules
from tests.oracle.facts import CASES, OBJECTS, Object, Person
from tests.oracle.knocking import Knock, knock, missing
from tests.oracle.table import Deed, expected, knockers, standing_of, things_for
from tests.oracle.world import Town

BELOW = {town: next(thing for thing in OBJECTS if thing.below == town) for town in ("here", "there")}

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
# Where an organization that must keep its own records is shown whose they are.
SHOWS_KEPT = {"clients:kept", "clients:kept_list", "clients_api:kept", "clients_api:kept_list"}
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
            if deed.part in {"client", "room"}:
                self.at_things(deed, person)
            else:
                for thing in [one for one in BELOW.values() if self.is_whole or self.is_entered(deed, person, one)]:
                    if deed.part == "everybody inside":
                        self.at_list(deed, person, thing)
                    else:
                        self.compare(deed, person, thing, self.knock(person, deed, thing))

    def is_entered(self, deed: Deed, person: Person, below: Object) -> bool:
        """Every list is tried where the person comes in; where they do not, one for each entrance shows that."""
        return deed.said in WITNESSES or not rules.outside(person, below.below)

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
                    nothing[thing.below] = self.knock(person, deed, thing, missing(deed))
                self.compare_with_nothing(deed, person, thing, one, nothing[thing.below])

    def is_tried(self, deed: Deed, person: Person, thing: Object) -> bool:
        """Every deed is tried on all that a fact ties the person to, and the deeds of WITNESSES also on what is not theirs.

        Who does not come in is told so before anybody looks at what is asked for: one object shows that.
        """
        if rules.outside(person, thing.below) or deed.said in SLOW:
            return thing.name == "own"
        if deed.said in WITNESSES and (deed.entrance == "api" or thing.name == "own"):
            return True
        return rules.concerns(person, thing) and not (deed.part == "client" and person.is_about_rooms)

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
        if one.word in {"200", "201", "204", "302"} and deed.part in {"client", "room"} and thing.case:
            client, room = self.town.clients[thing.case], self.town.rooms[thing.case]
            is_named = bool({str(client.pk), str(room.pk)} & one.recorded) or "a namesake" in deed.errand
            # One's own marks: where nothing was pinned, nothing is taken back.
            is_mark = "read_mark" in deed.address or deed.said.startswith("DELETE rooms_api:pin")
            self.say(is_named or is_mark, deed, person, thing, "left no entry that names the client")

    def compare_silence(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        """Whatever is answered names nobody whom the person may not see, and no message they may not read."""
        for case in CASES:
            there = Object(case.name, case.name, thing.below)
            is_kept = deed.address in SHOWS_KEPT and rules.keeps(person, there)
            if standing_of(person, there) not in rules.SEES and not is_kept:
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

    def is_elsewhere(self, room: Object) -> bool:
        return room.below != (rules.CASE_BY_NAME[room.case].town if room.case else "here")

    def compare_showing(self, deed: Deed, person: Person, thing: Object, one: Knock) -> None:
        """What is not hidden is really shown: an empty page would otherwise pass every test."""
        if deed.shows and one.word in {"200", "422"}:
            if deed.shows == "client":
                words = {self.town.clients[thing.case].name, self.town.clients[thing.case].area}
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


def number_in(text: str) -> int:
    """How many an answer says there are: a count of the API, a badge, the line above a search's hits, a list's length."""
    if match := re.search(r'"(?:count|rooms)": ?(\d+)', text):
        return int(match[1])
    if match := re.search(r"(\d+) (?:person|people) found", text):
        return int(match[1])
    if "Nobody was found" in text:
        return 0
    return text.count('"id":')
