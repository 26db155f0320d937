"""Live: whoever is shown a note hears that it or a task of it has changed; to others it does not exist."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.utils import timezone
from django_scopes import scope

from apps.notes import actions
from apps.notes.access import note_for
from apps.rooms.hub import hub
from apps.rooms.models import RoomMembership
from tests.cast import assemble
from tests.hearing import listening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


def within(people, work):
    def run():
        with scope(environment=people.environment):
            return work()

    return database_sync_to_async(run)()


def begin(people, title="予定"):
    return actions.begin_note(room=people.room, title=title, body="- [ ] 訪問", by=people.suzuki)


def changes(people):
    """Everything that can be done with a note and its tasks, in the order in which it is heard."""
    note = note_for(people.suzuki, people.room.pk, 1)
    actions.tick(note=note, seen=1, item=1, is_done=True, by=people.suzuki)
    actions.save_note(note=note, expected=2, title="予定", body="変更", by=people.suzuki)
    actions.pin_note(note=note, by=people.suzuki)
    task = actions.add_task(note=note, text="電話", owner=None, due_on=None, by=people.suzuki)
    actions.finish_task(task=task, by=people.suzuki)
    actions.archive_note(note=note, by=people.suzuki)


async def test_who_is_in_the_room_hears_each_change_without_a_word_of_it(people):
    async with listening(people.sato) as sato, listening(people.takahashi) as stranger:
        await within(people, lambda: begin(people))
        await within(people, lambda: changes(people))

        sign = {"noted": 1, "room": str(people.room.pk)}
        assert [await sato.hears() for _change in range(7)] == [sign] * 7
        assert await sato.hears_nothing()
        assert await stranger.hears_nothing()


async def test_who_was_let_in_later_hears_nothing_of_a_note_that_was_begun_before(people):
    def let_in_now():
        RoomMembership.objects.filter(room=people.room, member=people.sato).update(history_from=timezone.now())

    await within(people, lambda: begin(people))
    await within(people, let_in_now)

    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await within(people, lambda: changes(people))
        await within(people, lambda: begin(people, "新しい予定"))

        room = str(people.room.pk)
        assert await sato.hears() == {"noted": 2, "room": room}
        assert await suzuki.hears() == {"noted": 1, "room": room}
        assert await sato.hears_nothing()
