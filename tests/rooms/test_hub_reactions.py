"""Live: phrases are heard with the message as it has become, and one's own screens hear which are one's own."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django_scopes import scope

from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.hub import hub
from apps.rooms.models import ReactionKind
from tests.cast import assemble
from tests.hearing import listening
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    await within(cast, lambda: say(cast.room, cast.sato, "訪問しました。"))
    yield cast
    await hub().bus.stop()


def within(people, work):
    def run():
        with scope(environment=people.environment):
            return work()

    return database_sync_to_async(run)()


async def test_everybody_in_the_room_hears_the_count_and_only_oneself_which_is_ones_own(people):
    def react():
        message = message_for(people.suzuki, people.room.pk, 1)
        actions.react(message=message, kind=ReactionKind.THANKS, by=people.suzuki)

    async with (
        listening(people.sato) as sato,
        listening(people.suzuki) as suzuki,
        listening(people.takahashi) as stranger,
    ):
        await within(people, react)

        heard = await sato.hears()
        assert (heard["message_changed"], heard["reactions"]) == (1, [{"kind": "thanks", "count": 1}])
        room = str(people.room.pk)
        assert [await suzuki.hears(), await suzuki.hears()] == [
            {"reacted": 1, "room": room, "kind": "thanks", "is_on": True},
            heard,
        ]
        assert await sato.hears_nothing()
        assert await stranger.hears_nothing()
