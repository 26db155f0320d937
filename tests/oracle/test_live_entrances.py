"""The same oracle at what stays open: sockets hear, and waiting polls wake for, the rooms that their people may read."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.conf import settings
from django.test import AsyncClient
from django.urls import reverse
from django_scopes import scope

from apps.rooms.hub import hub
from tests.hearing import Ear, connected
from tests.oracle import rules
from tests.oracle.facts import HERE, OBJECTS, PEOPLE, Object, Person
from tests.oracle.town import SLUGS, Town
from tests.oracle.world import build
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]

# Where somebody does not come in: the code with which the socket is closed.
CLOSED = {"none": 4401, "one-factor": 4401, "locked": 4423, "no-place": 4404, "revoked": 4401}
ROOMS = [thing for thing in OBJECTS if thing.below == HERE and thing.name != "elsewhere, asked for here"]
POLLED = next(thing for thing in ROOMS if thing.name == "own")


@pytest_asyncio.fixture
async def town(transactional_db):
    yield await database_sync_to_async(build)()
    await hub().bus.stop()


async def ear_of(town: Town, person: Person) -> Ear:
    sign = town.signs[person.name]
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sign["cookie"]} if "cookie" in sign else None
    return await connected(slug=SLUGS[HERE], cookie=cookie, authorization=sign.get("token"))


async def speak(town: Town, rooms: list[Object]) -> None:
    """Somebody who is in every room says something in each of them."""

    def speaking() -> None:
        with scope(environment=town.environments[HERE]):
            for thing in rooms:
                say(town.rooms[thing.case], town.member("voice", HERE), f"三通目 {thing.name}")

    await database_sync_to_async(speaking)()


def rooms_promised(person: Person) -> set[str]:
    return {thing.case for thing in ROOMS if rules.standing_in_room(person, thing) != rules.HIDDEN}


async def test_each_socket_hears_the_rooms_its_person_may_read_and_no_other(town):
    ears = {person.name: await ear_of(town, person) for person in PEOPLE}
    answered = {name: await ear.hears() for name, ear in ears.items()}
    promised = {
        person.name: CLOSED[why] if (why := rules.outside(person, HERE)) else {"ready": True} for person in PEOPLE
    }
    assert answered == promised

    await speak(town, ROOMS)
    live = [person for person in PEOPLE if not rules.outside(person, HERE)]
    heard = {person.name: await frames_of(ears[person.name], len(rooms_promised(person))) for person in live}

    names = {str(room.pk): case for case, room in town.rooms.items()}
    assert {name: sorted(names[room] for room in rooms) for name, rooms in heard.items()} == {
        person.name: sorted(rooms_promised(person)) for person in live
    }
    # Everything was delivered before this moment: who has heard less is not slower, but hears nothing more.
    silent = await asyncio.gather(*(ears[person.name].hears_nothing() for person in live))
    assert [person.name for person, is_silent in zip(live, silent, strict=True) if not is_silent] == []
    for person in live:
        await ears[person.name].line.send_input({"type": "websocket.disconnect", "code": 1000})
        await ears[person.name].line.wait(timeout=5)


async def frames_of(ear: Ear, number: int) -> list[str]:
    return [(await ear.hears())["room"] for _ in range(number)]


async def test_each_waiting_poll_wakes_for_who_may_read_and_turns_the_others_away(town):
    people = [person for person in PEOPLE if person.session == "whole"]
    waiting = {person.name: asyncio.create_task(poll(town, person)) for person in people}
    readers = {one.name for one in people if rules.standing_in_room(one, POLLED) != rules.HIDDEN}
    turned_away = {name: await task for name, task in waiting.items() if name not in readers}
    assert {name: answer.status_code for name, answer in turned_away.items()} == {
        person.name: 302 if rules.outside(person, HERE) == "none" else 404
        for person in people
        if person.name not in readers
    }

    await until_waiting(len(readers))
    await speak(town, [POLLED])
    woken = {name: await asyncio.wait_for(waiting[name], 20) for name in readers}

    assert {
        name: (one.status_code, "三通目 own" in one.content.decode()) for name, one in woken.items()
    } == dict.fromkeys(readers, (200, True))


async def poll(town: Town, person: Person) -> Any:
    browser = AsyncClient()
    browser.cookies[settings.SESSION_COOKIE_NAME] = town.signs[person.name]["cookie"]
    path = reverse("rooms:messages", kwargs={"slug": SLUGS[HERE], "room_id": town.rooms[POLLED.case].pk})
    return await browser.get(f"{path}?after=2&wait=20")


async def until_waiting(number: int) -> None:
    while len(hub().listeners) < number:
        await asyncio.sleep(0.02)
