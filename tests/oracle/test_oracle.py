"""The oracle: every actor, every deed, every client, through every entrance, compared with two tables written by hand."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.doors.addresses import addresses
from tests.oracle import rules
from tests.oracle.facts import CASES, PEOPLE, Object
from tests.oracle.judging import Judge
from tests.oracle.table import Deed, deeds, standings
from tests.oracle.town import Town
from tests.oracle.world import build

# So many deeds are one test: two processes share them, and none comes near the time after which a test counts as hung.
AT_ONCE = 18


def parts() -> Iterator[tuple[str, str, int]]:
    for part, entrance in sorted({(deed.part, deed.entrance) for deed in deeds()}):
        yield from ((part, entrance, nth + 1) for nth in range(-(-len(deeds_of(part, entrance)) // AT_ONCE)))


def deeds_of(part: str, entrance: str) -> list[Deed]:
    return [deed for deed in deeds() if (deed.part, deed.entrance) == (part, entrance)]


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """One world for all of it: nothing a knock does stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def test_the_table_written_by_hand_says_what_follows_from_the_rules():
    concluded = {
        (person.name, case.name): rules.standing(person, Object(case.name, case.name, case.town))
        for person in PEOPLE
        for case in CASES
    }

    assert concluded == standings()


def test_the_table_is_as_large_as_was_promised():
    assert len(PEOPLE) >= 12
    assert len({deed.said for deed in deeds()}) >= 25
    assert set(standings().values()) == {"hidden", "card", "charge", "team", "guest", "introduced", "hand", "urgent"}
    assert len(CASES) >= 6


def test_every_address_that_tells_of_clients_rooms_or_places_is_in_the_table():
    tried = {(deed.method, deed.address) for deed in deeds()}
    naming = [
        one
        for one in addresses()
        if {"client_id", "room_id"} & set(one.words) or (one.name.partition(":")[0] in WHOLE and one.is_inside)
    ]

    untried = {one.name for one in naming} - {address for _, address in tried}
    untried |= {f"{method} {one.name}" for one in naming for method in one.endpoints if (method, one.name) not in tried}
    assert untried == set(), "write down in answers.txt who is answered what there"


# Apps of which every address is tried, whatever stands in it.
WHOLE = {"clients", "clients_api", "handovers", "handovers_api"}


def test_every_deed_is_in_one_part():
    heard = [deed for part, entrance, nth in parts() for deed in share(part, entrance, nth)]

    assert len(heard) == len(deeds())
    assert set(map(id, heard)) == set(map(id, deeds()))


def share(part: str, entrance: str, nth: int) -> list[Deed]:
    return deeds_of(part, entrance)[(nth - 1) * AT_ONCE : nth * AT_ONCE]


@pytest.mark.parametrize(("part", "entrance", "nth"), list(parts()))
def test_the_server_answers_as_the_oracle(
    town: Town, part: str, entrance: str, nth: int, record_property: Callable[[str, object], None]
):
    judge = Judge(town)
    for deed in share(part, entrance, nth):
        judge.hear(deed)

    said = {
        "part": part,
        "entrance": entrance,
        "knocks": judge.knocks,
        "cells": judge.cells,
        "comparisons": judge.comparisons,
        "mismatches": len(judge.wrong),
    }
    record_property("oracle", said)
    if judge.wrong:
        pytest.fail("\n".join([f"{len(judge.wrong)} of {judge.cells} cells are not as promised:", *judge.wrong]))
