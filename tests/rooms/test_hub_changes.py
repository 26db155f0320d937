"""Live: what is edited or removed is told once to everybody who may read the message, and to nobody else."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.utils import timezone
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
    await hub().bus.stop()


def within(people, work):
    def run():
        with scope(environment=people.environment):
            return work()

    return database_sync_to_async(run)()


def edit(people, body, number=1):
    return within(
        people,
        lambda: actions.edit(message=message_for(people.sato, people.room.pk, number), body=body, by=people.sato),
    )


async def test_an_edit_and_a_removal_are_heard_by_everybody_in_the_room(people):
    await within(people, lambda: say(people.room, people.sato, "前"))
    async with listening(people.suzuki) as suzuki, listening(people.takahashi) as stranger:
        await edit(people, "後")
        heard = await suzuki.hears()
        assert (heard["message_changed"], heard["body"], heard["change"]) == (1, "後", 1)
        assert heard["room"] == str(people.room.pk)

        await within(
            people,
            lambda: actions.remove_message(message=message_for(people.sato, people.room.pk, 1), by=people.sato),
        )
        heard = await suzuki.hears()
        assert (heard["message_changed"], heard["body"], heard["change"]) == (1, "", 2)
        assert heard["removed_at"]
        assert await stranger.hears_nothing()


async def test_the_html_form_carries_the_message_as_it_is_now(people):
    await within(people, lambda: say(people.room, people.sato, "前"))
    async with listening(people.suzuki, form="html") as suzuki:
        await edit(people, "<b>後</b>")

        heard = await suzuki.hears()
        assert heard["message_changed"] == 1
        assert "&lt;b&gt;後&lt;/b&gt;" in heard["html"]


async def test_who_does_not_read_the_message_hears_nothing_of_its_change(people):
    def before():
        say(people.room, people.sato)
        newcomer = makers.make_member(people.hidamari)
        makers.make_membership(people.room, newcomer, history_from=timezone.now())
        say(people.room, people.sato)
        return newcomer

    newcomer = await within(people, before)
    async with listening(newcomer) as ear:
        await edit(people, "古い", number=1)
        await edit(people, "新しい", number=2)

        assert (await ear.hears())["message_changed"] == 2
