"""What one has marked for oneself is heard on one's own other screens, with how it stands now, and by nobody else."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async

from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.hub import hub
from apps.rooms.models import MarkKind
from tests.cast import assemble
from tests.hearing import listening
from tests.rooms.test_hub import within
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    await within(cast.environment, lambda: say(cast.room, cast.suzuki))
    yield cast
    await hub().stop()


async def test_a_mark_is_told_with_its_message_and_how_it_stands(people):
    def deeds():
        message = message_for(people.sato, people.room.pk, 1)
        actions.mark_message(message=message, kind=MarkKind.TO_DO, by=people.sato)
        actions.mark_message(message=message, kind=MarkKind.BOOKMARK, by=people.sato)
        actions.finish(message=message, by=people.sato)
        actions.unmark_message(message=message, kind=MarkKind.BOOKMARK, by=people.sato)

    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await within(people.environment, deeds)

        heard = [await sato.hears() for _ in range(4)]
        assert await suzuki.hears_nothing()

    assert {(one["marked"], one["number"]) for one in heard} == {(str(people.room.pk), 1)}
    assert [(one["kind"], one["is_on"]) for one in heard] == [
        ("todo", True),
        ("bookmark", True),
        ("todo", False),
        ("bookmark", False),
    ]
