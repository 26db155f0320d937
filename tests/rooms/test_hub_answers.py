"""Live: an answer is heard with what it answers, as far as each listener may read that."""

from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.utils import timezone
from django_scopes import scope

from apps.rooms import actions
from apps.rooms.hub import hub
from apps.rooms.models import RoomMembership
from tests import makers
from tests.cast import assemble
from tests.hearing import listening
from tests.saying import say, written_days_ago

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()

    def asked():
        say(cast.room, cast.sato, "明日は何時ですか。")
        written_days_ago(2)

    await within(cast, asked)
    yield cast
    await hub().bus.stop()


def within(people, work):
    def run():
        with scope(environment=people.environment):
            return work()

    return database_sync_to_async(run)()


def answer(people):
    told = {"room": people.room, "client_key": uuid4(), "answers": 1, "by": people.suzuki}
    return within(people, lambda: actions.post(body="10時です。", **told))


@pytest.mark.parametrize("form", ["json", "html"])
async def test_an_answer_is_heard_with_its_quote_only_where_that_may_be_read(people, form):
    def shown_from_yesterday():
        newcomer = makers.make_member(people.hidamari)
        makers.make_membership(people.room, newcomer, history_from=timezone.now() - timedelta(days=1))
        return newcomer

    late = await within(people, shown_from_yesterday)
    async with listening(people.sato, form=form) as sato, listening(late, form=form) as newcomer:
        await answer(people)

        heard, other = await sato.hears(), await newcomer.hears()
        assert ("明日は何時ですか。" in str(heard), "明日は何時ですか。" in str(other)) == (True, False)
        assert ("佐藤" in str(heard), "佐藤" in str(other)) == (True, False)
        assert heard["message"] == other["message"] == 2


@pytest.mark.parametrize("form", ["json", "html"])
async def test_a_guest_hears_no_name_of_somebody_answered_whom_they_have_not_met(people, form):
    def let_in():
        RoomMembership.objects.filter(room=people.room, member=people.sato).update(valid_to=timezone.now())
        makers.make_seat(people.hana, people.matsumoto.organization)
        makers.make_consent(people.hana, by=people.sato, organizations=[people.matsumoto.organization])
        makers.make_membership(people.room, people.matsumoto)

    await within(people, let_in)
    async with listening(people.matsumoto, form=form) as guest, listening(people.suzuki, form=form) as suzuki:
        await answer(people)

        heard, other = str(await guest.hears()), str(await suzuki.hears())
        assert ("明日は何時" in heard, "佐藤" in heard, "鈴木" in heard) == (True, False, True)
        assert ("明日は何時" in other, "佐藤" in other) == (True, True)


async def test_a_device_answers_on_its_socket(people):
    async with listening(people.suzuki) as suzuki:
        key = str(uuid4())
        await suzuki.says(post=key, room=str(people.room.pk), body="10時です。", answers=1)
        said = [await suzuki.hears(), await suzuki.hears()]

        assert {"stored": key, "room": str(people.room.pk), "message": 2} in said
        assert [one["answers"]["message"] for one in said if "message" in one and "body" in one] == [1]


@pytest.mark.parametrize("number", ["1", 0, True, 2**60])
async def test_an_answer_to_no_number_is_not_read(people, number):
    async with listening(people.suzuki) as suzuki:
        await suzuki.says(post=str(uuid4()), room=str(people.room.pk), body="10時です。", answers=number)

        assert (await suzuki.hears())["why"] == "unreadable"


async def test_an_answer_to_what_is_not_there_is_refused(people):
    async with listening(people.suzuki) as suzuki:
        await suzuki.says(post=str(uuid4()), room=str(people.room.pk), body="10時です。", answers=9)

        assert (await suzuki.hears())["why"] == "answered_missing"
