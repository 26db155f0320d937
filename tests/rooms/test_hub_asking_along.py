"""A confirmation asked for over the socket, and heard there: with the message, never after it."""

from uuid import uuid4

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async

from apps.rooms import actions
from apps.rooms.hub import hub
from apps.rooms.models import Ask, Message
from tests.cast import assemble
from tests.files.makers import make_file
from tests.hearing import listening
from tests.rooms.test_hub import within

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().stop()


async def questions(people):
    return await within(people.environment, lambda: list(Ask.objects.values_list("message__number", flat=True)))


async def hears(ear, key):
    """The next frame that has this key; what else is told meanwhile is passed over."""
    while key not in (heard := await ear.hears()):
        pass
    return heard


async def test_a_program_asks_along_over_the_socket_and_once(people):
    room, key = str(people.room.pk), str(uuid4())
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        for _ in range(2):
            await sato.says(post=key, room=room, body="水曜の15時です。", asked_of="organizations")
            assert (await hears(sato, "stored"))["message"] == 1
        await sato.says(post=str(uuid4()), room=room, body="こちらは連絡だけです。", asked_of="")

        first, second = await hears(suzuki, "message"), await hears(suzuki, "message")

    assert [(one["message"], one["asked_of"]) for one in (first, second)] == [(1, "organizations"), (2, "")]
    assert await questions(people) == [1]


@pytest.mark.parametrize("asked_of", ["nobody", 1, ["everybody"], {"of": "everybody"}])
async def test_whom_nobody_knows_is_not_asked_over_the_socket(people, asked_of):
    async with listening(people.sato) as sato:
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="水曜です。", asked_of=asked_of)

        assert (await hears(sato, "refused"))["why"] == "unreadable"
    assert not await within(people.environment, Message.objects.exists)


async def test_how_many_have_confirmed_comes_with_the_question(people):
    def post():
        told = {"body": "水曜の15時です。", "client_key": uuid4(), "asked_of": "everybody"}
        actions.post(room=people.room, by=people.sato, **told)

    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await within(people.environment, post)

        for ear, is_settled in ((sato, True), (suzuki, False)):
            assert (await hears(ear, "acknowledged"))["acknowledged"] == {"1": [0, 1, is_settled]}


async def test_a_program_sends_its_uploads_over_the_socket_and_nobody_elses(people):
    own = await within(people.environment, make_file, people.sato)
    foreign = await within(people.environment, make_file, people.suzuki)
    room = str(people.room.pk)
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await sato.says(post=str(uuid4()), room=room, body="", files=[str(foreign.pk)])
        assert (await hears(sato, "refused"))["why"] == "file_not_sent"
        await sato.says(post=str(uuid4()), room=room, body="", files="all")
        assert (await hears(sato, "refused"))["why"] == "unreadable"
        await sato.says(post=str(uuid4()), room=room, body="", files=[str(own.pk)])

        assert [one["name"] for one in (await hears(suzuki, "message"))["files"]] == ["memo.txt"]
