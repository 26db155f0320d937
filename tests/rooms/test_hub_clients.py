"""A client closes on open screens by the calendar alone, with or without a room, and says why."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.utils import timezone
from django_scopes import scope

from apps.clients.models import ConsentRecord, Seat
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
