"""The doors of the sockets, through the whole stack: who is let in, and with which code the others are sent away."""

import asyncio

import pytest
from channels.db import database_sync_to_async

from tests.cast import assemble
from tests.doors.table import doors
from tests.doors.world import PEOPLE
from tests.hearing import connected
from tests.makers import make_user

pytestmark = pytest.mark.django_db(transaction=True)
[TALK] = [door for door in doors() if door.method == "SOCKET"]


async def word_for_socket(person: str, cast: object, operator: object) -> str:
    match person:
        case "nobody":
            ear = await connected(slug=SLUG)
        case "onefactor":
            ear = await connected(cast.sato, slug=SLUG, second_factor=False)
        case "operator":
            ear = await connected(operator, slug=SLUG)
        case _:
            ear = await connected(cast[person], slug=SLUG)
    heard = await ear.hears()
    if heard == {"ready": True}:
        await ear.line.send_input({"type": "websocket.disconnect", "code": 1000})
        heard = "live"
    await asyncio.wait_for(ear.line.wait(timeout=5), 10)
    return str(heard)


SLUG = "sakuragawa-care"


class Operator:
    """Somebody who signs in and has no place: `connected` asks a member for their user."""

    def __init__(self, user: object) -> None:
        self.user = user


async def test_each_person_is_let_in_or_sent_away_as_promised(transactional_db):
    cast = await database_sync_to_async(assemble)()
    operator = Operator(await database_sync_to_async(make_user)("operator", is_operator=True))

    answered = {person: await word_for_socket(person, cast, operator) for person in PEOPLE}

    assert answered == TALK.answers


async def test_an_environment_that_does_not_exist_sends_away_like_one_that_is_not_ones_own(transactional_db):
    cast = await database_sync_to_async(assemble)()

    elsewhere = await (await connected(cast.sato, slug="tonari-care")).hears()
    nowhere = await (await connected(cast.sato, slug="no-such-place")).hears()

    assert elsewhere == nowhere == 4404
