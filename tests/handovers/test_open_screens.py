"""C5 on screens that are open: whoever leaves, moves or has lost the phone hears nothing more, at once."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.conf import settings
from django.test import Client
from django_scopes import scope

from apps.accounts import actions as accounts
from apps.accounts.models import Device
from apps.environments import actions as environments
from apps.handovers import actions
from apps.rooms.hub import hub
from tests import makers
from tests.cast import assemble
from tests.hearing import listening
from tests.live import session_cookie
from tests.saying import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


def leaves(cast):
    actions.leave(member=cast.suzuki, successor=None, by=cast.ito)


def moves(cast):
    actions.move(
        member=cast.suzuki, organization=cast.hidamari, profession="nurse", role="member", successor=None, by=cast.ito
    )


def loses_the_phone(cast):
    environments.replace_lost_factors(member=cast.suzuki, by=cast.ito)


def within(cast, work, *args):
    def run():
        with scope(environment=cast.environment):
            return work(*args)

    return database_sync_to_async(run)()


def signed_in(cast):
    """A session that has done something, and a device with a token of its own."""
    cookie = session_cookie(cast.suzuki.user)
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie["value"]
    browser.get(f"/e/{cast.environment.slug}/")
    accounts.enrol_authenticator_app(user=cast.suzuki.user, secret="JBSWY3DPEHPK3PXP", by=None)
    return cookie, accounts.register_device(user=cast.suzuki.user, name="phone", by=cast.suzuki.user).token


def answers(cast, cookie, token):
    browser, program = Client(), Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie["value"]
    page = browser.get(f"/e/{cast.environment.slug}/").status_code
    call = program.get(f"/api/v1/e/{cast.environment.slug}/rooms/", headers={"Authorization": f"Bearer {token}"})
    return page, call.status_code


@pytest.mark.parametrize("deed", [leaves, moves, loses_the_phone])
async def test_session_device_and_socket_are_dead_at_once(people, deed):
    cookie, token = await database_sync_to_async(signed_in)(people)
    assert await database_sync_to_async(answers)(people, cookie, token) == (200, 200)
    async with listening(None, cookie=cookie) as screen:
        await within(people, deed, people)
        await within(people, say, people.room, people.sato)

        assert await screen.hears() in {4401, 4403}
        assert await screen.hears_nothing()
    assert await database_sync_to_async(answers)(people, cookie, token) == (302, 401)
    assert not await database_sync_to_async(Device.objects.live().filter(user=people.suzuki.user).exists)()


def also_elsewhere(cast):
    """Suzuki works in the neighbouring town too, with the same login."""
    with scope(environment=cast.elsewhere):
        office = makers.make_organization(cast.elsewhere, "となり訪問看護")
        return makers.make_member(office, cast.suzuki.user)


def places_open(cast, cookie, token):
    """What a session and a device's token are answered in each of the two environments."""
    browser, program = Client(), Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie["value"]
    slugs = (cast.environment.slug, cast.elsewhere.slug)
    bearer = {"Authorization": f"Bearer {token}"}
    return [
        (browser.get(f"/e/{slug}/").status_code, program.get(f"/api/v1/e/{slug}/rooms/", headers=bearer).status_code)
        for slug in slugs
    ]


async def test_whoever_works_in_two_environments_is_locked_out_of_both_by_the_admin_of_one(people):
    await database_sync_to_async(also_elsewhere)(people)
    cookie, token = await database_sync_to_async(signed_in)(people)
    others = await database_sync_to_async(session_cookie)(people.suzuki.user)
    for known in (cookie, others):
        assert await database_sync_to_async(places_open)(people, known, token) == [(200, 200), (200, 200)]
    here, there = people.environment.slug, people.elsewhere.slug
    async with (
        listening(None, cookie=cookie, slug=here) as screen,
        listening(None, cookie=others, slug=there) as elsewhere,
        listening(None, authorization=f"Bearer {token}", slug=there) as phone,
    ):
        await within(people, lambda: environments.lock_out(member=people.suzuki, by=people.ito))
        assert [await one.hears() for one in (screen, elsewhere, phone)] == [4401, 4401, 4401]

    for known in (cookie, others):
        assert await database_sync_to_async(places_open)(people, known, token) == [(302, 401), (302, 401)]
    assert not await database_sync_to_async(Device.objects.live().filter(user=people.suzuki.user).exists)()
