"""The live path: who may read a room hears it, once, in order, in one shape; who may not hears nothing, at once."""

from uuid import uuid4

import pytest
import pytest_asyncio
from allauth.usersessions.models import UserSession
from channels.db import database_sync_to_async
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_scopes import scope

from apps.accounts import actions as accounts
from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.clients.models import Seat
from apps.environments import actions as environments
from apps.environments.models import Environment
from apps.rooms import actions
from apps.rooms.hub import hub
from apps.rooms.models import RoomMembership
from tests import makers
from tests.cast import assemble
from tests.hearing import connected, listening
from tests.live import session_cookie
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


def within(environment: Environment, work, *args, **kwargs):
    def run():
        with scope(environment=environment):
            return work(*args, **kwargs)

    return database_sync_to_async(run)()


async def test_what_is_posted_is_heard_by_everybody_in_the_room_in_order(people):
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        for text in ("一", "二", "三"):
            await within(people.environment, say, people.room, people.sato, text)

        for ear in (sato, suzuki):
            heard = [await ear.hears() for _ in range(3)]
            assert [(one["message"], one["body"]) for one in heard] == [(1, "一"), (2, "二"), (3, "三")]
            assert heard[0]["room"] == str(people.room.pk)
            assert heard[0]["author"]["name"] == "佐藤 花子"


async def test_the_html_form_carries_the_fragment_of_the_first_paint(people):
    async with listening(people.suzuki, form="html") as suzuki:
        await within(people.environment, say, people.room, people.sato, "<b>太字</b>")

        heard = await suzuki.hears()
        assert heard["message"] == 1
        assert 'data-number="1"' in heard["html"]
        assert "&lt;b&gt;太字&lt;/b&gt;" in heard["html"]


async def test_a_message_is_read_once_for_all_who_hear_it(people, monkeypatch):
    from apps.rooms import frames

    written = []
    encoded = frames.encoded
    monkeypatch.setattr(frames, "encoded", lambda sign: written.append(sign) or encoded(sign))
    async with listening(people.sato) as one, listening(people.sato) as two, listening(people.suzuki) as three:
        await within(people.environment, say, people.room, people.sato)
        for ear in (one, two, three):
            assert (await ear.hears())["message"] == 1

    assert len([sign for sign in written if "message" in sign]) == 1


@pytest.mark.parametrize("person", ["takahashi", "ito", "ishii", "tanaka", "matsumoto"])
async def test_who_is_not_in_the_room_hears_nothing_of_it(people, person):
    async with listening(people[person]) as stranger, listening(people.sato) as sato:
        await within(people.environment, say, people.room, people.sato)

        assert (await sato.hears())["message"] == 1
        assert await stranger.hears_nothing()


async def test_a_neighbour_environment_answers_as_if_it_did_not_exist(people):
    assert await (await connected(people.watanabe)).hears() == 4404
    assert await (await connected(people.sato, slug="no-such-place")).hears() == 4404


async def test_a_former_member_is_told_that_nothing_is_here(people):
    assert await (await connected(people.mori)).hears() == 4404


async def test_nobody_listens_without_signing_in_with_two_factors(people):
    assert await (await connected(None)).hears() == 4401
    assert await (await connected(people.sato, second_factor=False)).hears() == 4401


async def test_removal_closes_the_room_before_the_next_message(people):
    async with listening(people.suzuki) as suzuki:
        await within(people.environment, actions.remove, member=people.suzuki, room=people.room, by=people.sato)
        await within(people.environment, say, people.room, people.sato)

        assert await suzuki.hears() == {"closed": str(people.room.pk)}
        assert await suzuki.hears_nothing()


async def test_an_ended_seat_closes_the_clients_room_on_every_screen_of_its_people(people):
    seat = await within(people.environment, Seat.objects.get, organization=people.aozora)
    async with listening(people.suzuki) as one, listening(people.suzuki) as two, listening(people.sato) as sato:
        seat.client = people.hana
        await within(people.environment, clients.end_seat, seat=seat, by=people.sato)
        await within(people.environment, say, people.room, people.sato)

        for ear in (one, two):
            assert await ear.hears() == {"closed": str(people.room.pk)}
            assert await ear.hears() == {"client_closed": str(people.hana.pk), "why": "seat_ended"}
            assert await ear.hears_nothing()
        assert (await sato.hears())["message"] == 1


async def test_a_withdrawn_consent_closes_room_and_client_on_the_screens_of_those_who_saw_by_it(people):
    async with listening(people.suzuki) as suzuki, listening(people.tanaka) as tanaka:
        await within(people.environment, clients.withdraw_consent, consent=people.consent, by=people.tanaka)

        heard = [await suzuki.hears() for _ in range(3)]
        for sign in (
            {"closed": str(people.room.pk)},
            {"client_closed": str(people.hana.pk), "why": "consent_withdrawn"},
            {"notified": True},
        ):
            assert sign in heard
        assert await tanaka.hears_nothing()


async def test_only_who_may_have_had_the_client_on_screen_hears_that_they_are_closed(people):
    seat = await within(people.environment, Seat.objects.get, organization=people.aozora)
    seat.client = people.hana
    async with listening(people.takahashi) as stranger, listening(people.sato) as sato:
        await within(people.environment, clients.end_seat, seat=seat, by=people.sato)

        assert await stranger.hears_nothing()
        assert await sato.hears_nothing()


async def test_who_was_let_in_by_hand_hears_that_the_client_is_closed(people):
    hands = {"client": people.hana, "member": people.takahashi, "by": people.sato}
    covered = {"by": people.sato, "organizations": [people.takahashi.organization]}
    await within(people.environment, makers.make_consent, people.hana, **covered)
    await within(people.environment, clients.open_by_hand, **hands)
    async with listening(people.takahashi) as takahashi:
        await within(people.environment, clients.close_by_hand, **hands)

        # What was told of the client has left the inbox.
        assert await takahashi.hears() == {"notified": True}
        assert await takahashi.hears() == {"client_closed": str(people.hana.pk), "why": "other"}


async def test_admission_opens_the_room_on_a_screen_that_is_already_live(people):
    async with listening(people.tanaka) as tanaka:
        await within(
            people.environment, actions.admit, member=people.tanaka, room=people.room, reason="応援", by=people.sato
        )
        assert [await tanaka.hears(), await tanaka.hears()] == [{"opened": str(people.room.pk)}, {"notified": True}]

        await within(people.environment, say, people.room, people.sato)
        assert (await tanaka.hears())["message"] == 1


async def test_an_ended_membership_ends_the_connection(people):
    async with listening(people.suzuki) as suzuki:
        await within(people.environment, environments.end_membership, member=people.suzuki, by=people.ito)

        assert await suzuki.hears() == 4403


async def test_a_deactivated_person_is_disconnected(people):
    async with listening(people.suzuki) as suzuki:
        await database_sync_to_async(accounts.deactivate)(user=people.suzuki.user, by=None)

        assert await suzuki.hears() == 4401


def leave_alone(person, session_key=None):
    """Nobody has touched the person's session for longer than the idle time."""
    UserSession.objects.create(
        user=person.user,
        session_key=session_key or Session.objects.get().session_key,
        ip="192.0.2.7",
        last_seen_at=timezone.now() - timezone.timedelta(minutes=16),
    )


async def test_a_session_that_locks_hears_nothing_more(people):
    async with listening(people.sato) as sato:
        await hub().end_locked()
        assert await sato.hears_nothing()
        await database_sync_to_async(leave_alone)(people.sato)

        await hub().end_locked()
        assert await sato.hears() == 4423


async def test_a_session_that_is_locked_is_not_let_in(people):
    cookie = await database_sync_to_async(session_cookie)(people.sato.user)
    await database_sync_to_async(leave_alone)(people.sato, cookie["value"])

    assert await (await connected(cookie=cookie)).hears() == 4423


async def test_access_that_ends_by_itself_ends_on_the_open_screen(people):
    membership = await within(people.environment, RoomMembership.objects.get, member=people.suzuki)
    membership.valid_to = timezone.now() + timezone.timedelta(seconds=1)
    await within(people.environment, membership.save, update_fields=["valid_to"])
    async with listening(people.suzuki) as suzuki:
        assert await suzuki.hears() == {"closed": str(people.room.pk)}


async def test_reading_on_one_screen_moves_the_mark_on_the_others(people):
    await within(people.environment, say, people.room, people.suzuki)
    async with listening(people.sato) as sato, listening(people.suzuki) as suzuki:
        await within(people.environment, actions.read_up_to, room=people.room, number=1, by=people.sato)

        assert await sato.hears() == {"read": 1, "room": str(people.room.pk)}
        assert await suzuki.hears_nothing()


async def test_after_a_lost_bus_nothing_is_missing(people, test_database):
    async with listening(people.suzuki) as suzuki:
        test_database.owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%' AND datname = %s",
            [test_database.name],
        )
        await within(people.environment, say, people.room, people.sato, "途切れた間に")

        heard = [
            await suzuki.hears(),
        ]
        while heard[-1] != {"catch_up": True}:
            heard.append(await suzuki.hears())
        await within(people.environment, say, people.room, people.sato, "戻ったあと")
        bodies = [one["body"] for one in heard if "message" in one]
        while "戻ったあと" not in bodies:
            bodies.append((await suzuki.hears()).get("body"))
        assert bodies == ["途切れた間に", "戻ったあと"]


async def test_who_was_removed_while_the_bus_was_lost_hears_nothing_that_was_said_after(people, test_database):
    async with listening(people.suzuki) as suzuki:
        test_database.owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%' AND datname = %s",
            [test_database.name],
        )
        await within(people.environment, actions.remove, member=people.suzuki, room=people.room, by=people.sato)
        await within(people.environment, say, people.room, people.sato)

        heard = [await suzuki.hears()]
        while heard[-1] != {"catch_up": True}:
            heard.append(await suzuki.hears())
        await within(people.environment, say, people.room, people.sato)
        assert await suzuki.hears_nothing()
        assert {"closed": str(people.room.pk)} in heard
        assert [sign for sign in heard if "message" in sign] == []


async def test_a_read_that_fails_is_made_good_from_the_rows(people, monkeypatch, caplog):
    from apps.rooms import reading

    frames_after = reading.frames_after

    def fail_once(*_):
        monkeypatch.setattr(reading, "frames_after", frames_after)
        raise RuntimeError

    async with listening(people.suzuki) as suzuki:
        monkeypatch.setattr(reading, "frames_after", fail_once)
        await within(people.environment, say, people.room, people.sato, "一")

        assert await suzuki.hears() == {"catch_up": True}
        await within(people.environment, say, people.room, people.sato, "二")
        assert [(await suzuki.hears())["body"], (await suzuki.hears())["body"]] == ["一", "二"]


async def test_a_message_sent_again_is_heard_once(people):
    key = uuid4()
    async with listening(people.suzuki) as suzuki:
        for _ in range(2):
            await within(
                people.environment, actions.post, room=people.room, body="一度", client_key=key, by=people.sato
            )

        assert (await suzuki.hears())["message"] == 1
        assert await suzuki.hears_nothing()


async def test_a_connection_and_a_refused_one_are_in_the_ledger(people):
    async with listening(people.sato):
        entry = await within(people.environment, Entry.objects.get, verb="rooms.stream_opened")
        assert (entry.member_id, entry.channel, entry.outcome) == (people.sato.pk, "socket", "done")
    await (await connected(people.sato, second_factor=False)).hears()

    refused = await database_sync_to_async(lambda: Entry.objects.get(outcome="refused"))()
    assert (refused.user_id, refused.reason, refused.channel) == (people.sato.user_id, "sign_in_again", "socket")


async def test_two_rooms_and_one_line_hear_each_its_own_numbers(people):
    def second():
        return makers.make_room(members=[people.sato, people.suzuki])

    other = await within(people.environment, second)
    async with listening(people.suzuki) as suzuki:
        await within(people.environment, say, people.room, people.sato)
        await within(people.environment, say, other, people.sato)

        heard = [await suzuki.hears(), await suzuki.hears()]
        assert {(one["room"], one["message"]) for one in heard} == {(str(people.room.pk), 1), (str(other.pk), 1)}
