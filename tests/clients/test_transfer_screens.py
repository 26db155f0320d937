"""A screen that is open while a transfer takes effect: the old division's closes in that moment, the new one's opens."""

import threading
import time
import urllib.error
import urllib.request
from contextvars import Context

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.utils import timezone
from django_scopes import scope

from apps.clients import actions
from apps.clients.models import Charge
from apps.rooms.hub import hub
from tests import makers
from tests.cast import assemble
from tests.hearing import listening
from tests.live import PATIENCE, session_cookie, until_listening

pytestmark = pytest.mark.django_db(transaction=True)


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


def within(cast, work, *args):
    def run():
        with scope(environment=cast.environment):
            return work(*args)

    return database_sync_to_async(run)()


def another_division(cast):
    """Tanaka and the desk of another division are in a room of hana, which each reads while their division is in charge."""
    target = makers.make_organization(cast.environment, "さくら川市 こども家庭課", "city_division")
    desk = makers.make_member(target, role="desk")
    return desk, makers.make_room(members=[cast.tanaka, desk], client=cast.hana, title="引継ぎ")


def passes_today(cast, target):
    actions.plan_transfer(clients={cast.hana.pk}, target=target, on=timezone.localdate(), by=cast.tanaka)


def moment_has_come(cast, target):
    """A transfer that was planned before has taken effect: nobody has done anything in the moment itself."""
    moment = timezone.now()
    Charge.objects.open().filter(client=cast.hana).update(valid_to=moment)
    Charge.objects.create(environment=cast.environment, client=cast.hana, division=target, valid_from=moment)


async def signs_of(screen, number):
    return [await screen.hears() for _ in range(number)]


@pytest.mark.asyncio
async def test_a_transfer_closes_the_old_screen_and_opens_the_new_one_at_once(people):
    desk, room = await within(people, another_division, people)
    async with listening(people.tanaka) as old, listening(desk) as new:
        await within(people, passes_today, people, desk.organization)

        assert {"closed": str(room.pk)} in await signs_of(old, 2)
        assert {"opened": str(room.pk)} in await signs_of(new, 1)


@pytest.mark.asyncio
async def test_a_transfer_planned_before_closes_the_screen_when_the_worker_follows_it(people):
    desk, room = await within(people, another_division, people)
    async with listening(people.tanaka) as old, listening(desk) as new:
        await within(people, moment_has_come, people, desk.organization)
        assert await within(people, actions.follow_charges) == 1

        assert {"closed": str(room.pk)} in await signs_of(old, 2)
        assert {"opened": str(room.pk)} in await signs_of(new, 1)


def test_a_poll_that_waits_is_answered_at_once_that_there_is_nothing_here(cast, live):
    desk, room = another_division(cast)
    cookie = session_cookie(cast.tanaka.user)
    address = f"{live.url}/e/{cast.environment.slug}/rooms/{room.pk}/messages/?after=0&wait=20"
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}", "X-Carenet-Background": "1"}
    answers = []

    def poll():
        began = time.monotonic()
        try:
            urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answers.append((error.code, time.monotonic() - began))

    waiting = threading.Thread(target=Context().run, args=[poll])
    waiting.start()
    until_listening(room, 1)
    assert answers == []
    passes_today(cast, desk.organization)
    waiting.join(PATIENCE)

    ((status, seconds),) = answers
    assert status == 404
    # It was told so by the transfer, and not by the end of its twenty seconds.
    assert seconds < 20
