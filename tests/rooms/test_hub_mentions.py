"""Live: a message that calls somebody says so to them, and to nobody else."""

from uuid import uuid4

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django_scopes import scope

from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.hub import hub
from apps.rooms.models import Mentioned
from tests import makers
from tests.cast import assemble
from tests.hearing import listening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    await within(cast, lambda: makers.make_membership(cast.room, cast.tanaka))
    yield cast
    await hub().bus.stop()


def within(people, work):
    def run():
        with scope(environment=people.environment):
            return work()

    return database_sync_to_async(run)()


async def test_what_is_sent_over_the_socket_calls_one_of_those_who_hear_it(people):
    async with (
        listening(people.sato) as sato,
        listening(people.suzuki) as suzuki,
        listening(people.tanaka, form="html") as tanaka,
    ):
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="@鈴木さん 明日お願いします")

        heard, page = await suzuki.hears(), await tanaka.hears()
        assert heard["mentions"] == [{"kind": "person", "words": "@鈴木", "begins": 0}]
        assert heard["mentions_me"] is True
        assert '<span class="mention">@鈴木</span>' in page["html"]
        assert "data-mentions-me" not in page["html"]
        signs = [await sato.hears(), await sato.hears()]
        assert [one["mentions_me"] for one in signs if "message" in one and "body" in one] == [False]
        assert await within(people, lambda: Mentioned.objects.get().member_id) == people.suzuki.pk


async def test_an_edit_that_takes_the_words_away_calls_nobody_any_more(people):
    def edit():
        actions.edit(message=message_for(people.sato, people.room.pk, 1), body="明日は休みです", by=people.sato)

    await within(
        people,
        lambda: actions.post(room=people.room, body="@鈴木さん", client_key=uuid4(), by=people.sato),
    )
    async with listening(people.suzuki, form="html") as suzuki:
        await within(people, edit)

        heard = await suzuki.hears()
        assert heard["message_changed"] == 1
        assert "data-mentions-me" not in heard["html"]
        assert "mention" not in heard["html"].replace("mentions-me", "")
