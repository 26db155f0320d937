"""A person with places in two environments switches between them, and nothing of one is seen in the other."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django_scopes import scope

from apps.home.returning import COOKIE
from apps.notices.actions import notify
from apps.rooms import actions
from apps.rooms.hub import hub
from tests import makers
from tests.cast import Cast, assemble
from tests.hearing import listening
from tests.saying import say

HERE, THERE = "sakuragawa-care", "tonari-care"


def place_in_both(cast: Cast):
    """Sato takes part in the neighbour's environment too: with a room, a message and a notification there."""
    with scope(environment=cast.elsewhere):
        office = makers.make_organization(cast.elsewhere, "となり窓口")
        sato = makers.make_member(office, cast.sato.user, name="佐藤 花子（となり）", kana="さとう はなこ")
        room = makers.make_room(members=[cast.watanabe, sato], title="となりの連絡")
        say(room, cast.watanabe, "となりの話です。")
        notify(receivers=[sato], sentence="Hello.")
    return sato, room


@pytest.fixture
def both(cast):
    return place_in_both(cast)


@pytest.mark.parametrize(("page", "other"), [(HERE, THERE), (THERE, HERE)])
def test_a_page_leads_to_the_other_environment_without_a_script(browser_of, cast, both, page, other):
    told = browser_of(cast.sato).get(f"/e/{page}/").content.decode()
    assert f'href="/e/{other}/"' in told


def test_whoever_has_one_place_is_offered_no_other(browser_of, cast, both):
    assert f'href="/e/{THERE}/' not in browser_of(cast.suzuki).get(f"/e/{HERE}/").content.decode()


@pytest.mark.parametrize("path", ["", "rooms/", "notices/", "members/", "clients/"])
def test_nothing_of_one_environment_is_on_the_pages_of_the_other(browser_of, cast, both, path):
    answer = browser_of(cast.sato).get(f"/e/{HERE}/{path}")
    assert answer.status_code == 200
    told = answer.content.decode().split("<main", 1)[1]
    for telling in ("となりの連絡", "となりの話です。", cast.watanabe.name, "（となり）", str(both[1].pk)):
        assert telling not in told


@pytest.mark.parametrize("path", ["rooms/", "notifications/", "members/", "clients/"])
def test_nothing_of_one_environment_is_in_the_others_api(browser_of, cast, both, path):
    browser = browser_of(cast.sato)
    here, there = (browser.get(f"/api/v1/e/{slug}/{path}").content.decode() for slug in (HERE, THERE))
    assert here != there
    for telling in ("となりの連絡", cast.watanabe.name, str(both[1].pk)):
        assert telling not in here


def test_badges_count_one_environment(browser_of, cast, both):
    def counted(slug):
        return browser_of(cast.sato).get(f"/e/{slug}/unread/").json()

    assert counted(HERE) != counted(THERE)
    assert not any(counted(HERE).values())


def test_a_room_of_one_environment_is_missing_in_the_other(browser_of, cast, both):
    browser = browser_of(cast.sato)
    assert browser.get(f"/e/{THERE}/rooms/{both[1].pk}/").status_code == 200
    for base in (f"/e/{HERE}", f"/api/v1/e/{HERE}"):
        assert browser.get(f"{base}/rooms/{both[1].pk}/").status_code == 404


def test_the_environment_of_the_cookie_opens_nothing(browser_of, cast, both):
    stranger = browser_of(cast.suzuki)
    stranger.cookies[COOKIE] = THERE
    assert stranger.get("/")["Location"] == f"/e/{HERE}/"
    assert stranger.get(f"/e/{THERE}/").status_code == 404


# -- live


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


def within(environment, work, *args, **kwargs):
    def run():
        with scope(environment=environment):
            return work(*args, **kwargs)

    return database_sync_to_async(run)()


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_a_screen_in_one_environment_hears_nothing_of_the_other(people):
    _, there = await database_sync_to_async(place_in_both)(people)
    async with listening(people.sato) as here, listening(people.sato, slug=THERE) as elsewhere:
        await within(people.elsewhere, say, there, people.watanabe, "となりだけの話です。")
        assert (await elsewhere.hears())["body"] == "となりだけの話です。"
        await within(people.environment, say, people.room, people.suzuki, "こちらの話です。")
        # In one line, in the order of commits: had the other's been sent, it would have come before.
        assert (await here.hears())["body"] == "こちらの話です。"
        await within(people.elsewhere, actions.read_up_to, room=there, number=2, by=people.watanabe)
        assert await elsewhere.hears_nothing()
