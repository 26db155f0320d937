"""Hidden and missing answer alike: to the status, to the byte. Nobody learns from an answer what there is."""

import re
from typing import Any

import pytest

from tests.doors.addresses import addresses
from tests.doors.knocking import knock
from tests.doors.table import doors
from tests.doors.world import World, build

# What makes a thing of a person, a client or an environment; the directory is public, a form is no thing.
THINGS = (
    "room_id",
    "client_id",
    "member_id",
    "seat_id",
    "consent_id",
    "paper_number",
    "exception_id",
    "petition_id",
    "run_id",
    "notification_id",
    "session_id",
    "device_id",
    "pk",
)
DOORS = [
    (door, address)
    for address in addresses()
    for door in doors()
    if door.name == address.name and set(THINGS).intersection(address.words)
]
# One who sees nothing of hana, one who administers, one who looks: roles open no client.
HIDDEN_FROM = ["takahashi", "ito", "kobayashi"]
# What differs between two answers of the same page: the nonce, the form's token, the time and the address that was asked for.
CHANGING = re.compile(
    rb"nonce-[\w+/=-]+|nonce=\"[^\"]+\"|csrfmiddlewaretoken\" value=\"\w+\"|X-CSRFToken[^,}]*|\"csrf[^\"]*\" content=\"\w+\""
)

CHANGING_HEADS = {"Content-Security-Policy", "Content-Length", "Expires"}


def told(world: World, person: str, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    answer = knock(world, person, method, path)
    heads = {name: value for name, value in answer.items() if name not in CHANGING_HEADS}
    return answer.status_code, heads, unified(answer.content, path)


def unified(content: bytes, path: str) -> bytes:
    return CHANGING.sub(b"", content.replace(path.encode(), b"(the address)"))


@pytest.fixture
def world(cast) -> World:
    return build(cast)


def variants(world: World, word: str) -> dict[str, dict[str, Any]]:
    """The same address with nothing behind one of its words, and with what stands in the other environment."""
    return {
        "missing": world.things | {word: world.missing()[word]},
        "elsewhere": world.things | {word: world.other_things[word]},
    }


def test_there_are_doors_to_knock_at():
    assert {word for _, address in DOORS for word in address.words} >= set(THINGS)


@pytest.mark.parametrize("person", HIDDEN_FROM)
def test_what_is_hidden_is_answered_as_if_it_were_not_there(world, person):
    different = []
    for door, address in DOORS:
        if door.answers[person] != "404":
            continue
        hidden = told(world, person, door.method, address.path(world.things))
        missing = told(world, person, door.method, address.path(world.missing()))
        if hidden != missing:
            different.append(f"{door.is_for}: {hidden[0]} or {missing[0]}")

    assert different == []


def test_whoever_may_come_in_finds_nothing_behind_a_wrong_id_and_nothing_of_another_environment(world):
    wrong = []
    for door, address in DOORS:
        for word in set(address.words).intersection(THINGS):
            answers = {
                name: told(world, "sato", door.method, address.path(things))
                for name, things in variants(world, word).items()
            }
            if answers["missing"] != answers["elsewhere"] or answers["missing"][0] != 404:
                wrong.append(f"{door.is_for} {word}: {[(name, answer[0]) for name, answer in answers.items()]}")

    assert wrong == []


def test_an_environment_that_is_not_ones_own_is_answered_as_if_it_were_not_there(world):
    different = []
    for address in addresses():
        if address.is_inside:
            there = told(world, "sato", "GET", address.path(world.other_things))
            nowhere = told(world, "sato", "GET", address.path(world.other_things | {"slug": "no-such-place"}))
            if there != nowhere or there[0] != 404:
                different.append(f"{address.name}: {there[0]} or {nowhere[0]}")

    assert different == []


def test_an_address_that_does_not_exist_says_no_more_than_one_that_is_hidden(world):
    room = told(world, "takahashi", "GET", f"/e/{world.things['slug']}/rooms/{world.things['room_id']}/")
    nothing = told(world, "takahashi", "GET", f"/e/{world.things['slug']}/no-such-page/")

    assert room[0] == nothing[0] == 404
    assert sentence_of(room[2]) == sentence_of(nothing[2])


def sentence_of(page: bytes) -> bytes:
    """The words of the page itself, without the navigation around them."""
    found = re.search(rb"<main.*?</main>", page, re.DOTALL)
    assert found is not None
    return re.sub(rb"\s+", b" ", found.group())
