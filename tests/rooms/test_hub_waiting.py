"""Live: whoever waits is told on all screens of theirs alone, and the process sends what is due without a worker."""

import asyncio
from uuid import uuid4

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django_scopes import scope

from apps.rooms import actions
from apps.rooms.hub import hub
from tests.cast import assemble
from tests.hearing import listening

SECONDS = 1.5

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db, monkeypatch):
    monkeypatch.setattr("apps.rooms.actions.waiting.UNDO_SECONDS", SECONDS)
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


def within(people, work):
    def run():
        with scope(environment=people.environment):
            return work()

    return database_sync_to_async(run)()


def hold(people):
    return within(people, lambda: actions.hold(room=people.room, body="あとで", client_key=uuid4(), by=people.sato))


async def test_what_is_held_goes_out_by_itself_and_is_told_to_nobody_else_before(people):
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        waiting = await hold(people)
        assert await sato.hears() == {"waiting": str(people.room.pk)}

        heard = await suzuki.hears()

        assert (heard["message"], heard["body"], heard["client_key"]) == (1, "あとで", str(waiting.client_key))


async def test_what_is_taken_back_is_heard_by_nobody(people):
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        waiting = await hold(people)
        await within(people, lambda: actions.take_back(waiting=waiting, by=people.sato))

        signs = [await sato.hears(), await sato.hears()]
        assert signs == [{"waiting": str(people.room.pk)}] * 2
        await asyncio.sleep(SECONDS)
        assert await suzuki.hears_nothing()
        assert await sato.hears_nothing()
