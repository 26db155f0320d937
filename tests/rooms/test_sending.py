"""Posting over the socket: every message is answered, and no way round the rule leads through here."""

from uuid import uuid4

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.rooms import actions
from apps.rooms.hub import hub
from apps.rooms.models import Message, RoomKind, RoomMembership
from tests import makers
from tests.cast import assemble
from tests.hearing import listening
from tests.rooms.test_hub import leave_alone, within
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().stop()


async def answer(ear):
    """The next answer; what the room tells everybody is passed over."""
    while True:
        heard = await ear.hears()
        if not isinstance(heard, dict) or heard.keys() & {"stored", "refused"}:
            return heard


async def bodies(people):
    return await within(people.environment, lambda: list(Message.objects.values_list("number", "body")))


async def entries(people, **fields):
    return await within(people.environment, lambda: Entry.objects.filter(**fields).count())


async def test_a_message_is_answered_with_its_number_and_heard_by_the_room(people):
    key = str(uuid4())
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await sato.says(post=key, room=str(people.room.pk), body="  本日訪問しました。 ")

        assert await answer(sato) == {"stored": key, "room": str(people.room.pk), "message": 1}
        heard = await suzuki.hears()
        assert (heard["message"], heard["body"], heard["client_key"]) == (1, "本日訪問しました。", key)
    entry = await within(people.environment, Entry.objects.get, verb="rooms.posted")
    assert (entry.channel, entry.member_id, entry.client_id) == ("socket", people.sato.pk, people.hana.pk)


async def test_the_same_key_is_answered_with_the_same_number_and_stored_once(people):
    key = str(uuid4())
    async with listening(people.sato) as sato:
        for body in ("一度目", "二度目"):
            await sato.says(post=key, room=str(people.room.pk), body=body)

        assert [(await answer(sato))["message"], (await answer(sato))["message"]] == [1, 1]
    assert await bodies(people) == [(1, "一度目")]
    assert await entries(people, verb="rooms.posted") == 1


async def test_what_one_person_sends_keeps_its_order(people):
    texts = [f"{nth}番目" for nth in range(100)]
    async with listening(people.sato) as sato:
        for text in texts:
            await sato.says(post=str(uuid4()), room=str(people.room.pk), body=text)

        numbers = [(await answer(sato))["message"] for _ in texts]
    assert numbers == list(range(1, 101))
    assert await bodies(people) == list(enumerate(texts, start=1))


async def test_nothing_is_stored_where_the_sender_is_not(people):
    room_id, key = str(people.room.pk), str(uuid4())
    async with listening(people.takahashi) as takahashi:
        await takahashi.says(post=key, room=room_id, body="こんにちは")
        hidden = await answer(takahashi)
        await takahashi.says(post=key, room=str(uuid4()), body="こんにちは")
        missing = await answer(takahashi)

    assert (hidden["refused"], hidden["why"]) == (key, "not_here")
    assert {**hidden, "room": None} == {**missing, "room": None}
    assert await bodies(people) == []
    assert await entries(people, verb="rooms.posted", outcome="refused", member_id=people.takahashi.pk) == 2


async def test_nothing_is_stored_by_somebody_who_is_out_of_the_room_before_any_process_has_heard_of_it(people):
    def end_quietly():
        RoomMembership.objects.filter(member=people.sato).update(valid_to=timezone.now())

    async with listening(people.sato) as sato:
        await within(people.environment, end_quietly)
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="まだいますか")

        assert (await answer(sato))["why"] == "not_here"
    assert await bodies(people) == []


async def test_nothing_is_stored_about_a_client_after_the_consent_is_withdrawn(people):
    async with listening(people.suzuki) as suzuki:
        await within(
            people.environment, clients.withdraw_consent, consent=people.consent, by=people.tanaka, note="窓口"
        )
        while "client_closed" not in await suzuki.hears():
            pass
        await suzuki.says(post=str(uuid4()), room=str(people.room.pk), body="まだ見えますか")

        assert (await answer(suzuki))["why"] == "not_here"
    assert await bodies(people) == []


async def test_readers_of_announcements_are_told_that_they_only_read(people):
    def announce():
        told = {"title": "お知らせ", "purpose": "", "classification": "office_matter"}
        return actions.open_room(kind=RoomKind.ANNOUNCEMENT, members=[people.sato], by=people.ito, **told)

    room = await within(people.environment, announce)
    async with listening(people.sato) as sato, listening(people.ito) as ito:
        for ear in (sato, ito):
            await ear.says(post=str(uuid4()), room=str(room.pk), body="台風です")

        assert (await answer(sato))["why"] == "readers_only"
        assert (await answer(ito))["message"] == 1

        await within(people.environment, actions.give_role, member=people.sato, room=room, role="writer", by=people.ito)
        await sato.says(post=str(uuid4()), room=str(room.pk), body="届きました")
        while "stored" not in (told := await sato.hears()):
            pass
        assert told["message"] == 2


async def test_an_individual_number_is_refused_over_the_line_too(people):
    async with listening(people.sato) as sato:
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="番号は 1234-5678-9018 です")

        assert (await answer(sato))["why"] == "individual_number"
    assert await bodies(people) == []


@pytest.mark.parametrize(("body", "why"), [(" \u3000\n", "nothing_written"), ("あ" * 10_001, "too_long")])
async def test_what_the_form_refuses_is_refused_with_its_sentence(people, body, why):
    async with listening(people.sato) as sato:
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body=body)
        refused = await answer(sato)
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="食事は全量")

        assert refused["why"] == why
        assert refused["said"]
        assert (await answer(sato))["message"] == 1
    assert await entries(people, verb="rooms.posted", outcome="refused", reason=why) == 1


@pytest.mark.parametrize(
    "frame",
    [
        "", "x", "[]", "null", "{}", '{"post": 1, "room": 2, "body": "x"}', '{"post": "x", "room": "x", "body": "x"}',
        '{"post": "00000000-0000-0000-0000-000000000001", "room": "00000000-0000-0000-0000-000000000001", "body": 1}',
        "[" * 5000,
    ],
)  # fmt: skip
async def test_a_frame_that_says_nothing_is_answered_and_the_line_stays(people, frame):
    async with listening(people.sato) as sato:
        await sato.says_text(frame)
        refused = await answer(sato)
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="食事は全量")

        assert (refused["refused"], refused["why"]) == (None, "unreadable")
        assert (await answer(sato))["message"] == 1


async def test_a_loop_is_slowed_down(people, settings):
    settings.POSTS_PER_MINUTE = 3
    async with listening(people.sato) as sato:
        for nth in range(4):
            await sato.says(post=str(uuid4()), room=str(people.room.pk), body=str(nth))

        said = [await answer(sato) for _ in range(4)]
    assert [one.get("message") for one in said] == [1, 2, 3, None]
    assert said[-1]["why"] == "too_fast"


async def test_a_key_that_was_used_in_another_room_is_refused(people):
    other = await within(people.environment, makers.make_room, members=[people.sato], title="事例検討")
    key = str(uuid4())
    async with listening(people.sato) as sato:
        for room in (people.room, other):
            await sato.says(post=key, room=str(room.pk), body="二つの部屋へ")

        assert (await answer(sato))["message"] == 1
        assert (await answer(sato))["why"] == "key_used_elsewhere"
    assert len(await bodies(people)) == 1


async def test_a_session_that_has_locked_posts_nothing(people):
    async with listening(people.sato) as sato:
        await database_sync_to_async(leave_alone)(people.sato)
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="席を外していました")

        assert await answer(sato) == 4423
    assert await bodies(people) == []


async def test_a_process_that_does_not_hear_asks_the_rule_itself(people):
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await hub().bus.stop()
        await within(people.environment, actions.remove, member=people.suzuki, room=people.room, by=people.sato)
        for ear in (sato, suzuki):
            await ear.says(post=str(uuid4()), room=str(people.room.pk), body="聞こえますか")

        assert (await answer(sato))["message"] == 1
        assert (await answer(suzuki))["why"] == "not_here"
    assert await bodies(people) == [(1, "聞こえますか")]


async def test_a_message_outlives_a_lost_line_to_the_database(people, test_database):
    async with listening(people.sato) as sato:
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="切れる前")
        assert (await answer(sato))["message"] == 1
        test_database.owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%%rooms_append%%' AND datname = %s"
            " AND pid <> pg_backend_pid()",
            [test_database.name],
        )
        await sato.says(post=str(uuid4()), room=str(people.room.pk), body="切れた後")

        assert (await answer(sato))["message"] == 2
    assert await bodies(people) == [(1, "切れる前"), (2, "切れた後")]


async def test_the_form_and_the_socket_number_the_same_room_without_a_gap(people):
    async with listening(people.sato) as sato:
        for nth in range(5):
            await sato.says(post=str(uuid4()), room=str(people.room.pk), body=f"ソケット{nth}")
            await within(people.environment, say, people.room, people.suzuki, f"フォーム{nth}")
        for _ in range(5):
            await answer(sato)

    assert [number for number, _ in await bodies(people)] == list(range(1, 11))
