"""Looking changes nothing but the ledger, and looking at a client is always in the ledger."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from apps.audit.models import Entry
from tests import makers
from tests.doors.addresses import Address, addresses
from tests.doors.table import doors
from tests.doors.world import PEOPLE, World, build

WRITING = re.compile(
    r"^\s*(?:/\*.*?\*/\s*)*(?:WITH\b.*?\b)?(INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO|COPY|CREATE|ALTER|DROP)"
    r"\s+(?:ONLY\s+)?\"?(\w+)\"?",
    re.IGNORECASE | re.DOTALL,
)
CALLING = re.compile(r"\b(pg_notify|rooms_append|nextval|setval)\s*\(", re.IGNORECASE)
# What a GET may write, and why. Everything else is a fault.
ALLOWED = {
    "audit_entry": "the look itself",
    "usersessions_usersession": "a deed keeps the session from locking (domain rule M3)",
    "accounts_device": "when a device was last used, at most once an hour",
}
GETS = [door for door in doors() if door.method == "GET"]
ADDRESSES: dict[str, Address] = {address.name: address for address in addresses()}
# Pages on which somebody proves or enrols something: the challenge, or the new secret, waits in their own session.
KEEPS_A_STAGE = {"mfa_activate_totp", "mfa_reauthenticate_webauthn"}
# An auditor judges a look at a client: at whom it was is told, and that stands in the ledger like every look.
JUDGES = {"oversight:review"}
# Whoever guesses the codes of sheets guesses by looking: each try is counted, and taken back where the code is right.
COUNTS_TRIES = {"sheet_door", "visit_door", "family_door", "calendar_feed", "family_file"}


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The tables that statements within wrote, by name, and the functions that would have told or numbered something."""
    seen: set[str] = set()

    def look(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if match := WRITING.match(text):
            seen.add(match[2])
        elif match := CALLING.search(text):
            seen.add(match[1].lower())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield seen


@pytest.fixture
def world(cast) -> World:
    built = build(cast)
    for person in PEOPLE:
        # Signed in before anybody looks, and before anything is taken back.
        built.browser(person)
    return built


def test_what_writes_is_recognised(world):
    # A test of the test: without it a wrong pattern would let everything pass.
    with written_tables() as seen, transaction.atomic():
        world.browser("sato").post(ADDRESSES["rooms:messages"].path(world.things), {"body": "はい"})
        world.browser("sato").post(ADDRESSES["notices:sight"].path(world.things))
        transaction.set_rollback(True)

    assert {"rooms_append", "notices_notification"} <= seen


@pytest.mark.parametrize("person", ["nobody", "sato", "ito", "kobayashi", "onefactor", "operator"])
def test_a_get_never_writes(world, person):
    wrong = []
    for door in GETS:
        with written_tables() as seen, transaction.atomic():
            world.browser(person).get(ADDRESSES[door.name].path(world.things))
            transaction.set_rollback(True)
        allowed = ALLOWED.keys() | ({"django_session"} if door.name in KEEPS_A_STAGE else set())
        allowed |= {"kernel_cache"} if door.name in COUNTS_TRIES else set()
        wrong += [f"{door.name} wrote {table}" for table in seen - allowed]

    assert wrong == []


def entries_about_hana(world: World) -> list[Entry]:
    hana, room = str(world.cast.hana.pk), str(world.cast.room.pk)
    return [
        entry
        # What was said in her room while the world was made is no look.
        for entry in Entry.objects.filter(outcome="done").exclude(verb__in=["rooms.posted", "rooms.edited"])
        if str(entry.client_id) == hana or {hana, room} & {str(one) for one in ids_in(entry.detail)}
    ]


def ids_in(detail: Any) -> Iterator[Any]:
    for value in detail.values() if isinstance(detail, dict) else detail if isinstance(detail, list) else [detail]:
        if isinstance(value, dict | list):
            yield from ids_in(value)
        else:
            yield value


def looks(world: World, person: str) -> Iterator[tuple[str, bool, list[Entry]]]:
    """Every door a person may look through: whether the answer shows hana, and what the ledger says of the look."""
    for door in GETS:
        if door.answers[person] not in {"200", "204"}:
            continue
        with transaction.atomic():
            answer = world.browser(person).get(ADDRESSES[door.name].path(world.things))
            shows = shows_hana(world, answer.content) if not getattr(answer, "streaming", False) else False
            found = entries_about_hana(world)
            transaction.set_rollback(True)
        yield door.name, shows, found


def shows_hana(world: World, content: bytes) -> bool:
    text = content.decode(errors="replace")
    return world.cast.hana.name in text or world.cast.hana.kana in text or "\\u4f50\\u3005\\u6728" in text


@pytest.mark.parametrize("person", ["sato", "tanaka"])
def test_every_page_that_shows_a_client_is_in_the_ledger(world, person):
    seen = list(looks(world, person))

    assert [name for name, shows, found in seen if shows and not found] == []
    assert {"clients:client", "clients:list"} <= {name for name, shows, _ in seen if shows}


def test_every_door_of_a_clients_things_is_in_the_ledger_even_when_it_shows_no_name(world):
    about_a_client = {name for name, address in ADDRESSES.items() if {"client_id", "room_id"} & set(address.words)}

    silent = [name for name, _, found in looks(world, "sato") if name in about_a_client and not found]

    assert silent == []


def test_a_search_that_finds_a_client_is_in_the_ledger_and_stands_in_no_address(world):
    before = {entry.pk for entry in entries_about_hana(world)}
    with transaction.atomic():
        answer = world.browser("sato").post(ADDRESSES["clients:list"].path(world.things), {"q": "ささき"})
        assert shows_hana(world, answer.content)
        [entry] = [entry for entry in entries_about_hana(world) if entry.pk not in before]
        transaction.set_rollback(True)

    assert "ささき" not in str(entry.detail)


def test_a_list_that_shows_somebody_new_is_another_look(world):
    list_of_rooms = ADDRESSES["rooms:list"].path(world.things)
    world.browser("sato").get(list_of_rooms)
    room = makers.make_room(members=[world.cast.sato], client=world.cast.hana, title="栄養")

    world.browser("sato").get(list_of_rooms)
    world.browser("sato").get(list_of_rooms)

    shown = [entry.detail["rooms"] for entry in Entry.objects.filter(verb="rooms.listed").order_by("id")]
    assert [str(room.pk) in ids for ids in shown] == [False, True]


@pytest.mark.parametrize("person", ["takahashi", "ito", "ishii", "kobayashi", "matsumoto"])
def test_nobody_outside_the_team_finds_the_client_on_any_page(world, person):
    # Lists, counts, search, navigation, notices: wherever a person may look, there is no trace.
    showing = [name for name, shows, told in looks(world, person) if shows and not (name in JUDGES and told)]
    found = world.browser(person).post(reverse("clients:list", kwargs={"slug": world.things["slug"]}), {"q": "ささき"})

    assert showing == []
    assert not shows_hana(world, found.content)


def test_a_refused_look_is_in_the_ledger_with_the_door_and_without_the_clients_name(world):
    world.browser("takahashi").get(ADDRESSES["clients:client"].path(world.things))

    entry = Entry.objects.filter(outcome="refused").latest("id")
    assert (entry.verb, entry.reason) == ("clients:client", "not_here")
    assert entry.member_id == world.cast.takahashi.pk
    assert world.cast.hana.name not in str(entry.__dict__)
