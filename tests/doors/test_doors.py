"""Every door, every person: doors.txt is the promise, and the resolver says whether it is whole."""

from collections import Counter, defaultdict

import pytest

from tests.doors.addresses import addresses, sockets
from tests.doors.knocking import knock, word_for
from tests.doors.table import doors
from tests.doors.world import PEOPLE, build

DOORS = doors()
ADDRESSES = {address.name: address for address in addresses()}
# Rows of one app are knocked at in one world, a dozen and a half at a time: nothing a request does stays.
APARTMENTS = sorted({door.name.partition(":")[0].partition("_")[0] for door in DOORS if door.method != "SOCKET"})
A_LANDING = 18
# Who gets in nearly everywhere, to see which methods a door speaks.
LET_IN = ["sato", "ito", "operator", "nobody"]
# A guard may come before the method is looked at, and sends people on or away; nobody may be served.
TAKEN = {"200", "201", "204", "400", "422"}


def test_every_address_is_listed_and_every_listed_one_exists():
    listed = {door.name for door in DOORS if door.method != "SOCKET"}

    assert ADDRESSES.keys() - listed == set(), "addresses that doors.txt does not know"
    assert listed - ADDRESSES.keys() == set(), "doors that lead nowhere"


def test_every_endpoint_of_the_api_is_listed_with_each_of_its_methods():
    spoken = {(address.name, method) for address in addresses() for method in address.endpoints}
    listed = {(door.name, door.method) for door in DOORS if ADDRESSES.get(door.name) and ADDRESSES[door.name].endpoints}

    assert spoken == listed


def test_every_socket_is_listed_and_every_listed_one_exists():
    assert {door.name for door in DOORS if door.method == "SOCKET"} == set(sockets())


def test_no_door_is_listed_twice():
    assert [door for door, times in Counter(door.is_for for door in DOORS).items() if times > 1] == []


def test_every_address_has_a_name():
    assert [name for name in ADDRESSES if name.startswith("unnamed")] == []


def landings():
    """The doors of each app, in parts small enough that a test of one is short on a busy machine too."""
    for apartment in APARTMENTS:
        here = [d for d in DOORS if d.method != "SOCKET" and d.name.partition(":")[0].partition("_")[0] == apartment]
        for number, first in enumerate(range(0, len(here), A_LANDING), start=1):
            yield pytest.param(here[first : first + A_LANDING], id=f"{apartment}-{number}")


@pytest.mark.parametrize("landing", list(landings()))
def test_each_person_is_answered_as_promised(cast, landing):
    world = build(cast)
    wrong = [
        f"{door.is_for}: {person} is answered {answered}, promised was {door.answers[person]}"
        for door in landing
        for path in [ADDRESSES[door.name].path(world.things)]
        for person in PEOPLE
        if (answered := word_for(knock(world, person, door.method, path))) != door.answers[person]
    ]

    assert wrong == []


def test_a_method_that_no_row_names_is_refused(cast):
    world = build(cast)
    spoken = defaultdict(set)
    for door in DOORS:
        spoken[door.name].add(door.method)
    heard = []
    for name, address in ADDRESSES.items():
        for method in {"GET", "POST", "DELETE"} - spoken[name]:
            answers = {word_for(knock(world, person, method, address.path(world.things))) for person in LET_IN}
            heard += [f"{method} {name}: {answers}"] if answers & TAKEN else []

    assert heard == []
