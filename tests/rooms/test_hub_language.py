"""What comes over the line is in the language in which its reader reads the page."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async

from apps.rooms.hub import hub
from tests.cast import assemble
from tests.hearing import listening
from tests.rooms.test_hub import within
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]
JAPANESE, ENGLISH = "このメッセージの操作", "What to do with this message"


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().stop()


async def test_a_message_is_written_once_in_each_language_and_everybody_hears_their_own(people):
    async with (
        listening(people.suzuki, form="html", language="en") as english,
        listening(people.sato, form="html", language="ja") as japanese,
        listening(people.sato, form="html") as silent,
    ):
        await within(people.environment, lambda: say(people.room, people.sato, "本日訪問しました。"))

        heard = [(await ear.hears())["html"] for ear in (english, japanese, silent)]

    assert [ENGLISH in html for html in heard] == [True, False, False]
    assert [JAPANESE in html for html in heard] == [False, True, True]
    assert all("本日訪問しました。" in html for html in heard)
