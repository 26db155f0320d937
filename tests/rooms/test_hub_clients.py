"""A client closes on open screens by the calendar alone, with or without a room, and says why."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from apps.clients import actions
from apps.clients.happenings import access_changed
from apps.clients.models import ConsentRecord, Seat
from apps.rooms.hub import hub
from apps.rooms.models import RoomMembership
from tests import makers
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


def soon():
    return timezone.now() + timezone.timedelta(seconds=2)


async def test_a_consent_that_ends_by_date_closes_room_and_client_on_the_open_screen(people):
    await within(people, lambda: ConsentRecord.objects.filter(pk=people.consent.pk).update(valid_to=soon()))
    async with listening(people.suzuki) as suzuki, listening(people.tanaka) as tanaka:
        assert await suzuki.hears() == {"closed": str(people.room.pk)}
        assert await suzuki.hears() == {"client_closed": str(people.hana.pk), "why": "consent_ended"}
        assert await tanaka.hears_nothing()


@pytest.mark.parametrize(("rows", "why"), [("consent", "consent_ended"), ("seat", "seat_ended")])
async def test_a_clients_page_without_a_room_closes_by_date_too(people, rows, why):
    def end():
        RoomMembership.objects.filter(member=people.suzuki).update(valid_to=timezone.now())
        if rows == "consent":
            ConsentRecord.objects.filter(pk=people.consent.pk).update(valid_to=soon())
        else:
            Seat.objects.filter(organization=people.aozora).update(valid_to=soon())

    await within(people, end)
    async with listening(people.suzuki) as suzuki:
        assert await suzuki.hears() == {"client_closed": str(people.hana.pk), "why": why}
        assert await suzuki.hears_nothing()


async def test_an_end_that_is_written_while_the_screen_is_open_closes_it_too(people):
    def shorten():
        with transaction.atomic():
            ConsentRecord.objects.filter(pk=people.consent.pk).update(valid_to=soon())
            access_changed.announce(environment_id=people.environment.pk, client_id=people.hana.pk)

    async with listening(people.suzuki) as suzuki:
        await within(people, shorten)
        assert await suzuki.hears() == {"closed": str(people.room.pk)}
        assert await suzuki.hears() == {"client_closed": str(people.hana.pk), "why": "consent_ended"}


async def test_ends_that_follow_one_another_close_each_at_its_time(people):
    def two_ends():
        other = makers.make_room(members=[people.suzuki, people.sato], title="福祉用具")
        mine = RoomMembership.objects.filter(member=people.suzuki)
        mine.filter(room=other).update(valid_to=timezone.now() + timezone.timedelta(seconds=3))
        mine.filter(room=people.room).update(valid_to=soon())
        return other

    other = await within(people, two_ends)
    async with listening(people.suzuki) as suzuki:
        assert await suzuki.hears() == {"closed": str(people.room.pk)}
        assert await suzuki.hears() == {"closed": str(other.pk)}


async def test_when_a_client_is_protected_who_still_sees_them_is_told_to_look_again(people):
    async with listening(people.suzuki) as suzuki, listening(people.takahashi) as takahashi:
        await within(people, lambda: actions.protect_client(client=people.hana, by=people.tanaka))
        assert await suzuki.hears() == {"client_changed": str(people.hana.pk)}
        assert await takahashi.hears_nothing()


async def test_a_change_of_who_sees_a_client_alone_tells_nobody_to_look_again(people):
    def seat():
        actions.give_seat(client=people.hana, organization=people.takahashi.organization, by=people.sato)

    async with listening(people.suzuki) as suzuki:
        await within(people, seat)
        assert await suzuki.hears_nothing()


async def test_who_is_shown_the_places_no_longer_takes_their_page_up_again(people):
    def let_in_for_a_moment():
        actions.protect_client(client=people.hana, by=people.tanaka)
        clerk = makers.make_member(people.city, role="desk")
        hands = {"first_by": people.tanaka, "second_by": clerk}
        makers.make_petition(people.hana, by=people.suzuki, closes_at=soon(), **hands)

    await within(people, let_in_for_a_moment)
    async with listening(people.suzuki) as suzuki:
        assert await suzuki.hears() == {"client_changed": str(people.hana.pk)}
