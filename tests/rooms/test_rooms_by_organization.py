"""The room list by organization: whose people are in a room, as far as its reader is told."""

import pytest

from apps.clients import actions as clients
from apps.rooms import actions
from apps.rooms.queries import Show, by_organization, room_rows
from tests import makers

URL = "/e/sakuragawa-care/rooms/?show=organizations"


@pytest.fixture
def theme(cast):
    return makers.make_room(members=[cast.sato, cast.suzuki, cast.takahashi], title="連絡会")


def groups(member):
    return {str(one.name): one.rooms for one in by_organization(member, room_rows(member, Show.ORGANIZATIONS))}


def test_a_room_stands_under_every_other_organization_in_it(cast, theme):
    shown = groups(cast.sato)

    assert shown[cast.suzuki.organization.name] == [theme, cast.room]
    assert shown[cast.takahashi.organization.name] == [theme]
    assert cast.sato.organization.name not in shown


def test_rooms_of_ones_own_organization_alone_stand_under_it_at_the_end(cast, theme):
    colleague = makers.make_member(cast.hidamari)
    own = makers.make_room(members=[cast.sato, colleague], title="事業所内")

    assert list(groups(cast.sato).items())[-1] == (cast.hidamari.name, [own])


def test_an_organization_whose_people_have_left_is_not_named(cast, theme):
    actions.remove(member=cast.takahashi, room=theme, by=cast.sato)

    assert cast.takahashi.organization.name not in groups(cast.sato)


def test_beside_a_protected_client_the_kind_stands_for_an_organization(cast, theme):
    clients.protect_client(client=cast.hana, by=cast.tanaka)

    shown = groups(cast.sato)

    assert shown[cast.suzuki.organization.name] == [theme]
    assert shown[cast.suzuki.organization.get_kind_display()] == [cast.room]


def test_the_page_names_the_organizations_and_finds_within_them(cast, theme, browser_of):
    browser = browser_of(cast.sato)

    page = browser.get(URL).content.decode()
    found = browser.post(URL, {"q": "連絡会"}, headers={"HX-Request": "true"}).content.decode()

    assert f"<h2>{cast.takahashi.organization.name}</h2>" in page
    assert f'data-room="{theme.pk}"' in found
    assert f'data-room="{cast.room.pk}"' not in found
