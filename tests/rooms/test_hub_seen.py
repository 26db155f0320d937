"""Live: who wrote a message is told by how many it has been seen, however many read at once, and nobody else is."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django_scopes import scope

from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.hub import hub
from tests import makers
from tests.cast import assemble
from tests.hearing import listening
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().stop()


def within(people, work):
    def run():
        with scope(environment=people.environment):
            return work()

    return database_sync_to_async(run)()


def read(people, *readers):
    for reader in readers:
        actions.read_up_to(room=people.room, number=2, by=people[reader])


def ready(people):
    makers.make_membership(people.room, people.tanaka)
    say(people.room, people.sato, "一")
    say(people.room, people.sato, "二")


async def test_the_sender_hears_once_for_all_who_read_in_the_same_moment(people):
    await within(people, lambda: ready(people))
    async with listening(people.sato) as sato, listening(people.takahashi) as stranger:
        await within(people, lambda: read(people, "suzuki", "tanaka"))

        assert await sato.hears() == {"seen": {"1": 2, "2": 2}, "room": str(people.room.pk)}
        assert await sato.hears_nothing()
        assert await stranger.hears_nothing()


@pytest.mark.parametrize(("to", "hears"), [("sender", False), ("readers", True)])
async def test_another_reader_hears_of_it_only_where_the_environment_says_so(people, to, hears):
    def told():
        ready(people)
        actions.set_limits(members_per_room=500, rooms_per_person=500, seen_shown_to=to, by=people.ito)

    await within(people, told)
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await within(people, lambda: read(people, "tanaka"))

        assert "seen" in await sato.hears()
        assert await suzuki.hears_nothing() is not hears


async def test_where_nobody_is_told_no_screen_hears_anything(people):
    def told():
        ready(people)
        actions.set_limits(members_per_room=500, rooms_per_person=500, seen_shown_to="nobody", by=people.ito)

    await within(people, told)
    async with listening(people.sato) as sato:
        await within(people, lambda: read(people, "suzuki"))
        await within(people, lambda: say(people.room, people.suzuki, "三"))

        assert (await sato.hears())["message"] == 3
        await hub().tallies.told()
        assert await sato.hears_nothing()


async def test_who_confirms_is_counted_on_open_screens_and_settled_for_colleagues(people):
    def told():
        ready(people)
        actions.ask_to_confirm(message=message_for(people.sato, people.room.pk, 2), of="organizations", by=people.sato)

    await within(people, told)
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await within(
            people, lambda: actions.acknowledge(message=message_for(people.suzuki, people.room.pk, 2), by=people.suzuki)
        )

        room = str(people.room.pk)
        assert await suzuki.hears() == {"confirmed": 2, "room": room}
        assert await suzuki.hears() == {"acknowledged": {"2": [1, 2, True]}, "room": room}
        assert await sato.hears() == {"acknowledged": {"2": [1, 2, True]}, "room": room}


async def test_a_question_is_heard_as_a_change_of_its_message(people):
    await within(people, lambda: ready(people))
    async with listening(people.suzuki) as suzuki:
        await within(
            people,
            lambda: actions.ask_to_confirm(
                message=message_for(people.sato, people.room.pk, 1), of="everybody", by=people.sato
            ),
        )

        heard = await suzuki.hears()
        assert (heard["message_changed"], heard["asked_of"]) == (1, "everybody")


async def test_only_the_people_of_an_organization_hear_who_of_them_handles_a_message(people):
    await within(people, lambda: ready(people))
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await within(
            people,
            lambda: actions.need_somebody(
                message=message_for(people.sato, people.room.pk, 2), organization=people.aozora, by=people.sato
            ),
        )

        heard = [await suzuki.hears(), await suzuki.hears()]
        assert {"handling": 2, "room": str(people.room.pk)} in heard
        assert await sato.hears_nothing()
