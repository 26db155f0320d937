"""A guest knows the people of their rooms by name, and everybody else as another participant, through every entrance."""

from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.audit.origin import COMMAND
from apps.environments import actions as environments
from apps.environments.access import members_visible_to, organizations_visible_to
from apps.environments.names import names_shown_to
from apps.rooms import actions
from apps.rooms.access import people_met_by
from apps.rooms.actions import Outgoing
from apps.rooms.hub import hub
from apps.rooms.models import RoomMembership
from tests import makers
from tests.cast import assemble
from tests.hearing import listening
from tests.saying import say

ANOTHER = "ほかの参加者"
PAGES = ["", "messages/?after=0", "messages/?before=99"]


def room_url(room, rest="", api=False):
    return f"{'/api/v1' if api else ''}/e/sakuragawa-care/rooms/{room.pk}/{rest}"


def been_in(room, member, begins, ends=None, now=None):
    """A time in the room, by days from now."""
    now = now or timezone.now()
    return RoomMembership.objects.create(
        environment=room.environment,
        room=room,
        member=member,
        valid_from=now + timedelta(days=begins),
        valid_to=None if ends is None else now + timedelta(days=ends),
    )


def wrote(room, member, body):
    """As somebody who was in the room then: the statement that writes asks whether they are in it now."""
    times = RoomMembership.objects.filter(room=room, member=member)
    time = times.last() or been_in(room, member, -9, -5)
    RoomMembership.objects.filter(pk=time.pk).update(valid_to=None)
    assert actions.append(Outgoing(room.pk, member.pk, uuid4(), body, COMMAND)) is not None
    RoomMembership.objects.filter(pk=time.pk).update(valid_to=time.valid_to)


@pytest.fixture
def room(cast):
    """Sato writes with the guest matsumoto; suzuki had left before the guest came."""
    room = makers.make_room(members=[cast.sato], title="福祉用具の相談")
    been_in(room, cast.suzuki, -9, -5)
    wrote(room, cast.suzuki, "先週の様子です。")
    say(room, cast.sato, "お願いします。")
    been_in(room, cast.matsumoto, -3)
    return room


@pytest.mark.parametrize("rest", PAGES)
def test_whom_a_guest_never_met_is_another_participant_on_pages_and_polls(cast, browser_of, room, rest):
    page = browser_of(cast.matsumoto).get(room_url(room, rest)).content.decode()

    assert "先週の様子です。" in page
    assert cast.sato.name in page
    assert ANOTHER in page
    for telling in (cast.suzuki.name, cast.aozora.name, str(cast.suzuki.pk)):
        assert telling not in page
    assert cast.suzuki.name in browser_of(cast.sato).get(room_url(room, rest)).content.decode()


def test_the_api_names_another_participant_without_an_id(cast, browser_of, room):
    def authors(person):
        answer = browser_of(person).get(room_url(room, "messages/", api=True))
        return [one["author"] for one in answer.json()["messages"]]

    unknown, known = authors(cast.matsumoto)
    assert unknown == {"id": None, "name": ANOTHER, "known_as": ANOTHER, "organization": ""}
    assert known["name"] == cast.sato.name
    assert authors(cast.sato)[0]["id"] == str(cast.suzuki.pk)


def test_whom_a_guest_met_keeps_the_name_after_leaving(cast, browser_of, room):
    been_in(room, cast.takahashi, -2, -1)
    wrote(room, cast.takahashi, "失礼します。")

    assert cast.takahashi.name in browser_of(cast.matsumoto).get(room_url(room)).content.decode()
    # Known by what they wrote together; listed is only who is there now.
    assert cast.takahashi not in members_visible_to(cast.matsumoto)


def test_a_guest_lists_only_people_with_whom_a_room_is_shared(cast, browser_of, room):
    colleague = makers.make_member(cast.matsumoto.organization, name="同僚 次郎")
    guest, urls = browser_of(cast.matsumoto), ("/e/sakuragawa-care/members/", "/api/v1/e/sakuragawa-care/members/")

    for url in urls:
        listed = guest.get(url).content.decode()
        assert cast.matsumoto.name in listed
        assert cast.sato.name in listed
        for stranger in (cast.suzuki, cast.takahashi, cast.ito, colleague):
            assert stranger.name not in listed
    assert ANOTHER not in guest.post(urls[0], {"q": "すずき"}).content.decode()
    assert cast.suzuki.name not in guest.post(urls[0], {"q": "すずき"}).content.decode()


def test_a_stranger_is_missing_to_a_guest_and_a_room_mate_is_not(cast, browser_of, room):
    guest = browser_of(cast.matsumoto)
    status = {one: guest.get(f"/e/sakuragawa-care/members/{one.pk}/").status_code for one in (cast.sato, cast.suzuki)}
    assert status == {cast.sato: 200, cast.suzuki: 404}


def test_a_guest_knows_the_organizations_of_room_mates_and_their_own(cast, room):
    assert set(organizations_visible_to(cast.matsumoto)) == {cast.hidamari, cast.matsumoto.organization}


def test_what_was_shared_is_forgotten_with_the_room(cast, room):
    actions.remove(member=cast.matsumoto, room=room, by=cast.sato)
    assert set(members_visible_to(cast.matsumoto)) == {cast.matsumoto}
    assert names_shown_to(cast.matsumoto).known == {cast.matsumoto.pk}


def test_whoever_is_no_guest_is_shown_every_name_without_a_question(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names_shown_to(cast.sato).of(cast.suzuki).name == cast.suzuki.name


def test_a_guest_is_refused_before_it_is_looked_whom_they_would_admit(cast, browser_of, room):
    guest = browser_of(cast.matsumoto)
    sent = {"history": "nothing", "reason": "相談"}
    answers = {
        guest.post(room_url(room, "people/"), sent | {"members": str(one.pk)}).status_code
        for one in (cast.suzuki, cast.sato, cast.watanabe)
    }
    assert answers == {403}
    assert cast.suzuki.name not in guest.get(room_url(room, "people/")).content.decode()


def test_the_people_of_a_room_take_as_many_questions_however_many_there_are(cast, room, django_assert_max_num_queries):
    for _ in range(20):
        been_in(room, makers.make_member(cast.aozora), -1)
    with django_assert_max_num_queries(1):
        assert len(names_shown_to(cast.matsumoto).known) == 22


# -- from outside the municipality


def test_whoever_comes_for_an_organization_from_outside_is_a_guest_whatever_was_chosen(cast):
    outside = environments.add_organization(
        environment=cast.environment, name="市外の福祉用具", kind="equipment_supplier", is_outside=True, by=cast.ito
    )
    member = environments.add_member(
        organization=outside,
        user=makers.make_user(),
        name="外 太郎",
        kana="そと たろう",
        profession="other",
        role="member",
        by=cast.ito,
    )
    assert member.is_guest


def test_the_database_takes_nobody_from_outside_but_guests(cast):
    outside = makers.make_organization(cast.environment, "市外の福祉用具", "equipment_supplier")
    inside = makers.make_member(outside)
    with pytest.raises(IntegrityError, match="take part as guests"), transaction.atomic():
        type(outside).objects.filter(pk=outside.pk).update(is_outside=True)
    type(inside).objects.filter(pk=inside.pk).update(role="guest")
    type(outside).objects.filter(pk=outside.pk).update(is_outside=True)
    with pytest.raises(IntegrityError, match="take part as guests"), transaction.atomic():
        makers.make_member(outside, role="desk")


TIMES = st.tuples(st.integers(-9, -1), st.integers(-9, -1)).filter(lambda span: span[0] < span[1])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=st.one_of(TIMES, st.integers(-9, -1)), theirs=st.one_of(TIMES, st.integers(-9, -1)))
def test_having_met_is_having_been_there_at_the_same_time(cast, mine, theirs):
    savepoint = transaction.savepoint()
    room = makers.make_room(members=[cast.sato])
    spans = [one if isinstance(one, tuple) else (one, None) for one in (mine, theirs)]
    now = timezone.now()
    been_in(room, cast.kobayashi, *spans[0], now=now)
    been_in(room, cast.tanaka, *spans[1], now=now)
    (begins, ends), (came, left) = ((one, 0 if other is None else other) for one, other in spans)

    met = cast.tanaka.pk in set(people_met_by(cast.kobayashi))
    transaction.savepoint_rollback(savepoint)

    # Who is not in the room now reads nothing of it, and so knows nobody from there.
    assert met == (spans[0][1] is None and begins < left and came < ends)


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


def guests_room(cast):
    return makers.make_room(members=[cast.sato, cast.matsumoto])


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "html"])
async def test_a_guest_hears_who_came_later_by_name(people, form):
    room = await within(people.environment, guests_room, people)
    async with listening(people.matsumoto, form=form) as guest:
        await within(people.environment, actions.admit, member=people.suzuki, room=room, reason="応援", by=people.sato)
        await within(people.environment, say, room, people.suzuki, "はじめまして")
        assert people.suzuki.name in str(await guest.hears())


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "html"])
async def test_what_somebody_unknown_wrote_is_heard_without_their_name(people, form):
    room = await within(people.environment, guests_room, people)
    async with listening(people.matsumoto, form=form) as guest, listening(people.sato, form=form) as sato:
        await within(people.environment, wrote, room, people.takahashi, "代理で書きます")
        unnamed, named = await guest.hears(), await sato.hears()
        assert people.takahashi.name in str(named)
        assert ANOTHER in str(unnamed)
        for telling in (people.takahashi.name, str(people.takahashi.pk), people.takahashi.organization_id):
            assert str(telling) not in str(unnamed)


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_nothing_from_before_the_day_of_the_invitation_is_heard(people):
    room = await within(people.environment, guests_room, people)
    async with listening(people.matsumoto) as guest, listening(people.sato) as sato:
        listener = next(one for one in hub().listeners if one.member_id == people.matsumoto.pk)
        listener.rooms[room.pk] = timezone.now() + timedelta(hours=1)
        await within(people.environment, say, room, people.sato, "前の話")
        assert (await sato.hears())["body"] == "前の話"
        assert await guest.hears_nothing()
