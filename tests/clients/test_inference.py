"""What would let the place of a protected client be inferred: offices are told by their kind, their people by no name."""

from datetime import timedelta

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from apps.clients import actions, queries
from apps.clients.access import can_see_places, names_beside_each, withheld_among
from apps.clients.models import Client
from apps.clients.printing import bodies
from apps.environments.access import members_visible_to
from apps.kernel.refusals import NotAllowed
from apps.rooms.hub import hub
from tests import makers
from tests.cast import assemble
from tests.clients.addresses import address
from tests.hearing import listening
from tests.saying import say

KIND = "訪問看護ステーション"


def let_in(cast, member, client=None):
    """By the word of two others of the division."""
    first, second = (makers.make_member(cast.city, role="desk") for _ in range(2))
    approved = {"first_by": first, "second_by": second, "closes_at": timezone.now() + timedelta(days=1)}
    makers.make_petition(client or cast.hana, by=member, **approved)


@pytest.fixture
def hidden(cast):
    """Hana is protected; sato and suzuki are on her team for two offices, and nobody has been let in to her places."""
    seat = cast.hana.seats.get(organization=cast.aozora)
    makers.make_team_member(seat, cast.suzuki, role="visiting_nurse")
    makers.make_revision(cast.hana, by=cast.suzuki, was={"kana": "ささき"})
    makers.make_paper(cast.hana, by=cast.suzuki)
    say(cast.room, cast.suzuki, "訪問しました。")
    actions.protect_client(client=cast.hana, by=cast.tanaka)
    return Client.objects.get(pk=cast.hana.pk)


def pages(cast):
    here = f"/e/{cast.environment.slug}"
    room = f"{here}/rooms/{cast.room.pk}/"
    client = cast.hana.pk
    return [
        *(
            address(name, cast, client_id=client)
            for name in ("client", "team", "consents", "papers", "history", "places")
        ),
        *(room, f"{room}people/", f"{room}messages/?after=0", f"{room}messages/?before=99"),
        *(f"/api/v1{here}/clients/{client}/{rest}" for rest in ("", "seats/", "responsibility/", "consents/")),
        f"/api/v1{room}messages/",
    ]


def tells(cast, text):
    """What of the nurse's office stands in a text."""
    words = (cast.aozora.name, str(cast.aozora.pk), cast.suzuki.name, str(cast.suzuki.pk))
    return [word for word in words if word in text]


def read(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_whoever_has_not_been_let_in_is_told_of_other_offices_only_their_kind(browser_of, cast, hidden):
    browser = browser_of(cast.sato)
    assert {path: told for path in pages(cast) if (told := tells(cast, read(browser, path)))} == {}
    assert KIND in read(browser, address("team", cast, client_id=hidden.pk))
    assert KIND in read(browser, f"/e/{cast.environment.slug}/rooms/{cast.room.pk}/")


def test_the_banner_of_an_emergency_tells_colleagues_the_kind_of_office_and_no_name(browser_of, cast, hidden):
    makers.make_exception(hidden, by=cast.takahashi)
    page = read(browser_of(cast.sato), address("client", cast, client_id=hidden.pk))
    assert "ほかの機関（訪問介護事業所）の職員が、緊急時の閲覧として" in page
    assert cast.takahashi.name not in page and cast.takahashi.organization.name not in page


def test_whoever_works_there_or_was_let_in_is_told_the_names(browser_of, cast, hidden):
    let_in(cast, cast.sato)
    for person in (cast.suzuki, cast.sato):
        browser = browser_of(person)
        for path in (
            address("team", cast, client_id=hidden.pk),
            f"/e/{cast.environment.slug}/rooms/{cast.room.pk}/people/",
        ):
            assert cast.suzuki.name in read(browser, path), path
            assert cast.aozora.name in read(browser, path), path


def test_the_division_in_charge_is_named_and_a_support_center_is_not(browser_of, cast, hidden):
    center = makers.make_organization(cast.environment, "北部地域包括支援センター", "community_support_center")
    makers.make_seat(hidden, center)
    page = read(browser_of(cast.sato), address("team", cast, client_id=hidden.pk))
    assert cast.city.name in page and cast.tanaka.name in page
    assert center.name not in page


def test_the_form_to_sign_names_offices_only_for_whom_was_let_in(cast, hidden):
    assert bodies(hidden, cast.sato, at=timezone.now()) == [cast.hidamari.name, KIND]
    let_in(cast, cast.sato)
    assert bodies(hidden, cast.sato, at=timezone.now()) == [cast.hidamari.name, cast.aozora.name]


def test_no_choice_tells_who_is_on_the_team_by_standing_first_or_by_missing(browser_of, cast, hidden):
    seated = {one.organization.pk for one in queries.organizations_without_seat(cast.sato, hidden)}
    assert {cast.aozora.pk, cast.hidamari.pk} <= seated
    page = read(browser_of(cast.sato), address("new_consent", cast, client_id=hidden.pk))
    assert "支援チームの機関" not in page and cast.aozora.name in page
    assert queries.members_to_open_to(cast.sato, hidden, cast.suzuki.name) == []


def test_people_of_an_office_are_named_by_whoever_may_know_which_it_is(browser_of, cast, hidden):
    seat = hidden.seats.get(organization=cast.aozora)
    page = address("name_person", cast, client_id=hidden.pk, seat_id=seat.pk)
    nurse = makers.make_member(cast.aozora)
    with pytest.raises(NotAllowed):
        actions.name_person(seat=seat, member=nurse, role="nurse", by=cast.sato)
    assert browser_of(cast.sato).get(page).status_code == 403
    assert browser_of(cast.suzuki).get(page).status_code == 200
    actions.name_person(seat=seat, member=nurse, role="nurse", by=cast.suzuki)


def test_the_end_of_a_seat_is_asked_for_by_its_kind(browser_of, cast, hidden):
    seat = hidden.seats.get(organization=cast.aozora)
    page = read(browser_of(cast.sato), address("end_seat", cast, client_id=hidden.pk, seat_id=seat.pk))
    assert KIND in page and not tells(cast, page)


def test_a_list_of_clients_to_pass_on_does_not_name_who_is_responsible(cast, hidden):
    person = hidden.seats.get(organization=cast.hidamari)
    named = makers.make_team_member(person, cast.sato, role="care_manager")
    actions.name_responsible(person=named, by=cast.sato)
    assert [row.responsible for row in queries.transfer_preview(cast.tanaka).rows] == ["ほかの参加者"]
    let_in(cast, cast.tanaka)
    assert [row.responsible for row in queries.transfer_preview(cast.tanaka).rows] == [cast.sato.name]


def test_who_opened_a_client_in_an_emergency_is_named_to_their_judge_without_their_office(browser_of, cast, hidden):
    opened = makers.make_exception(hidden, by=cast.suzuki)
    judge = makers.make_member(cast.city, makers.make_user("judge"), role="desk")
    page = read(browser_of(judge), address("exception", cast, exception_id=opened.pk))
    assert cast.suzuki.name in page
    assert cast.aozora.name not in page and KIND in page
    assert not tells(cast, read(browser_of(judge), address("team", cast, client_id=hidden.pk)))
    rows = read(browser_of(judge), address("exceptions", cast))
    assert cast.aozora.name not in rows


def test_a_guest_does_not_learn_from_the_room_of_a_protected_client_who_works_where(cast, hidden):
    seat_of_guest = cast.matsumoto.organization
    makers.make_seat(hidden, seat_of_guest)
    makers.make_consent(hidden, by=cast.tanaka, organizations=[seat_of_guest])
    both = makers.make_room(members=[cast.matsumoto, cast.suzuki], client=hidden, title="用具")
    assert cast.suzuki not in members_visible_to(cast.matsumoto)
    makers.make_room(members=[cast.matsumoto, cast.suzuki], title="勉強会")
    assert cast.suzuki in members_visible_to(cast.matsumoto)
    assert both.client.is_protected


@pytest.mark.parametrize("number", [1, 6])
def test_what_is_withheld_is_asked_for_many_clients_in_as_many_queries_as_for_one(cast, number):
    clients = [makers.make_client(cast.environment, seats=[], division=cast.city) for _ in range(number)]
    for client in clients:
        actions.protect_client(client=client, by=cast.tanaka)
    let_in(cast, cast.tanaka, clients[0])
    with CaptureQueriesContext(connection) as asked:
        found = names_beside_each(cast.tanaka, [client.pk for client in clients])
    assert set(found) == {client.pk for client in clients[1:]}
    assert len(asked) <= 9
    fresh = Client.objects.filter(pk__in=[client.pk for client in clients])
    assert withheld_among(cast.tanaka, found) == {one.pk for one in fresh if not can_see_places(cast.tanaka, one)}


# -- live


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


def within(environment, work, *args, **kwargs):
    def inside():
        with scope(environment=environment):
            return work(*args, **kwargs)

    return database_sync_to_async(inside)()


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "html"])
async def test_an_open_socket_tells_no_name_from_the_marking_on(people, form):
    async with listening(people.sato, form=form) as sato, listening(people.suzuki, form=form) as suzuki:
        await within(people.environment, say, people.room, people.suzuki, "午前の訪問")
        assert tells(people, str(await sato.hears()))
        assert tells(people, str(await suzuki.hears()))

        await within(people.environment, actions.protect_client, client=people.hana, by=people.tanaka)
        for ear in (sato, suzuki):
            assert await ear.hears() == {"client_changed": str(people.hana.pk)}
        await within(people.environment, say, people.room, people.suzuki, "午後の訪問")

        unnamed = str(await sato.hears())
        assert "午後の訪問" in unnamed and KIND in unnamed and not tells(people, unnamed)
        assert people.suzuki.name in str(await suzuki.hears())
