"""Around every page: the places of this member, what is unread there, and where one is."""

import re
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django_scopes import scope

from apps.home.context import around_every_page
from apps.rooms import actions
from tests import makers
from tests.browser import Browser
from tests.cast import Cast


def around(cast: Cast, person: str, view: str = "home:today"):
    request = RequestFactory().get(reverse(view, kwargs={"slug": cast.environment.slug}))
    request.resolver_match = resolve(request.path)
    request.user, request.member, request.environment = cast[person].user, cast[person], cast.environment
    return around_every_page(request)["around"]


def test_nothing_is_asked_of_the_database_until_a_page_needs_it(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        around(cast, "sato")


def test_five_places_are_in_reach_of_a_thumb(cast):
    assert [place.key for place in around(cast, "sato").thumb_destinations] == [
        "today",
        "rooms",
        "clients",
        "notices",
        "me",
    ]


@pytest.mark.parametrize(
    ("view", "key"), [("home:today", "today"), ("rooms:list", "rooms"), ("environments:members", "members")]
)
def test_the_place_one_is_in_is_marked(cast, view, key):
    current = [place.key for place in around(cast, "sato", view).destinations if place.is_current]

    assert current == [key]


def test_a_guest_is_not_shown_the_list_of_members(cast):
    assert "members" in [place.key for place in around(cast, "sato").destinations]
    assert "members" not in [place.key for place in around(cast, "matsumoto").destinations]


def test_only_an_operator_builds_environments(cast):
    assert "new" not in [place.key for place in around(cast, "ito").destinations]

    cast.ito.user.is_operator = True
    assert "new" in [place.key for place in around(cast, "ito").destinations]


def test_unread_rooms_are_counted_in_words_too(cast):
    actions.post(room=cast.room, body="本日訪問しました。", client_key=uuid4(), by=cast.suzuki)

    answer = Browser(cast.sato).get(reverse("home:me"), headers={"Accept-Language": "en"}).content.decode()
    badges = re.findall(r'<span class="badge" data-badge="rooms">(.*?)</span></a>', answer)

    assert badges == ['<span data-count>1</span><span class="heard"> unread</span>'] * 2


def test_a_page_that_stays_open_asks_how_much_is_unread(cast):
    address = reverse("home:unread", kwargs={"slug": cast.environment.slug})
    before = Browser(cast.sato).get(address).json()

    actions.post(room=cast.room, body="本日訪問しました。", client_key=uuid4(), by=cast.suzuki)

    assert before["rooms"] == 0
    assert Browser(cast.sato).get(address).json()["rooms"] == 1
    assert Browser(cast.suzuki).get(address).json()["rooms"] == 0
    assert Browser(cast.takahashi).get(address).json()["rooms"] == 0
    assert Browser(cast.watanabe).get(address).status_code == 404


def test_a_page_of_no_environment_still_knows_the_only_place(cast):
    answer = Browser(cast.sato).get(reverse("home:me")).content.decode()

    assert cast.environment.name in answer
    assert cast.sato.name in answer


def test_the_name_on_the_page_is_the_one_of_this_environment(cast):
    office = makers.make_organization(cast.environment, "べつの事業所")
    elsewhere = makers.make_member(office, name="別の 名前")

    assert elsewhere.name not in Browser(cast.sato).get(reverse("home:me")).content.decode()


def test_other_environments_are_offered_to_people_who_have_several(cast):
    with scope(environment=cast.elsewhere):
        makers.make_member(makers.make_organization(cast.elsewhere, "となり窓口"), cast.sato.user)
    today = reverse("home:today", kwargs={"slug": cast.environment.slug})

    assert cast.elsewhere.name in Browser(cast.sato).get(today).content.decode()
    assert cast.elsewhere.name not in Browser(cast.suzuki).get(today).content.decode()


def test_a_phone_finds_the_other_places_behind_more(cast):
    page = Browser(cast.ito).get(reverse("home:me")).content.decode()
    behind_more = re.search(r'<nav class="phone-only".*?</nav>', page, re.DOTALL)

    assert behind_more is not None
    for view in ("directory:offices", "environments:members"):
        assert reverse(view, kwargs={"slug": cast.environment.slug}) in behind_more[0]


def test_somebody_who_has_to_choose_an_environment_finds_where(cast):
    with scope(environment=cast.elsewhere):
        makers.make_member(makers.make_organization(cast.elsewhere, "となり窓口"), cast.sato.user)

    page = Browser(cast.sato).get(reverse("home:me")).content.decode()

    assert f'href="{reverse("environments:choose")}"' in page
    assert reverse("home:today", kwargs={"slug": cast.elsewhere.slug}) in page
