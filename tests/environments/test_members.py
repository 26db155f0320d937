"""The people of an environment: who sees them, who changes them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.environments.models import Member
from tests.environments.addresses import address


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sato", 200),
        ("ito", 200),
        ("ishii", 200),
        ("matsumoto", 200),
        ("watanabe", 404),
        ("mori", 404),
        ("nobody", 302),
    ],
)
def test_members_are_shown_to_the_people_of_the_environment(browser_of, cast, person, status):
    browser = browser_of(None if person == "nobody" else cast[person])
    assert browser.get(address("members", cast)).status_code == status


def test_members_are_listed_with_organization_and_role(browser_of, cast):
    page = browser_of(cast.sato).get(address("members", cast)).content.decode()
    assert cast.suzuki.name in page
    assert cast.aozora.name in page
    assert cast.mori.name not in page


def test_a_guest_sees_colleagues_of_their_own_organization_only(browser_of, cast):
    page = browser_of(cast.matsumoto).get(address("members", cast)).content.decode()
    assert cast.matsumoto.name in page
    assert cast.sato.name not in page
    assert browser_of(cast.matsumoto).get(address("member", cast, member_id=cast.sato.pk)).status_code == 404


@pytest.mark.parametrize("typed", ["たかはし", "タカハシ", "ﾀｶﾊｼ", "高橋", "髙𣘺", "高橋みどり", "みどり たかはし"])
def test_members_are_found_in_any_kana_width_and_variant(browser_of, cast, typed):
    page = browser_of(cast.sato).post(address("members", cast), {"q": typed}).content.decode()
    assert cast.takahashi.name in page
    assert cast.suzuki.name not in page


def test_a_search_puts_no_name_into_the_address(browser_of, cast):
    page = browser_of(cast.sato).get(address("members", cast), {"q": "たかはし"}).content.decode()
    assert cast.suzuki.name in page


def test_htmx_receives_the_list_alone(browser_of, cast):
    answer = browser_of(cast.sato).post(address("members", cast), {"q": "すずき"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert cast.suzuki.name in page
    assert "<html" not in page


@pytest.mark.parametrize(("person", "is_shown"), [("ito", True), ("sato", False), ("ishii", False)])
def test_only_an_admin_sees_login_ids_and_the_ways_to_change_access(browser_of, cast, person, is_shown):
    page = browser_of(cast[person]).get(address("member", cast, member_id=cast.takahashi.pk)).content.decode()
    assert (f">{cast.takahashi.user.login_id}<" in page) is is_shown
    assert (address("lost_phone", cast, member_id=cast.takahashi.pk) in page) is is_shown


ADMIN_PAGES = ["new_member", "import", "new_organization", "add_offices"]


@pytest.mark.parametrize("page", ADMIN_PAGES)
@pytest.mark.parametrize(
    ("person", "status"), [("ito", 200), ("sato", 403), ("ishii", 403), ("tanaka", 403), ("matsumoto", 403)]
)
def test_only_an_admin_changes_who_takes_part(browser_of, cast, page, person, status):
    assert browser_of(cast[person]).get(address(page, cast)).status_code == status


ABOUT_A_PERSON = ["new_slip", "lost_phone"]


@pytest.mark.parametrize("page", ABOUT_A_PERSON)
@pytest.mark.parametrize(("person", "status"), [("ito", 200), ("sato", 403), ("ishii", 403)])
def test_only_an_admin_changes_somebodys_access(browser_of, cast, page, person, status):
    assert browser_of(cast[person]).get(address(page, cast, member_id=cast.takahashi.pk)).status_code == status
    answer = browser_of(cast[person]).post(address(page, cast, member_id=cast.takahashi.pk))
    assert (answer.status_code < 400) is (status == 200)


@pytest.mark.parametrize("page", ["member", *ABOUT_A_PERSON])
def test_people_of_another_environment_are_missing(browser_of, cast, page):
    assert browser_of(cast.ito).get(address(page, cast, member_id=cast.watanabe.pk)).status_code == 404


def test_a_place_that_begins_tomorrow_is_not_listed_today(browser_of, cast):
    Member.objects.filter(pk=cast.takahashi.pk).update(valid_from=timezone.now() + timedelta(days=1))
    assert cast.takahashi.name not in browser_of(cast.sato).get(address("members", cast)).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_people(browser_of, cast, django_assert_max_num_queries):
    from tests import makers

    for _ in range(30):
        makers.make_member(cast.aozora)
    browser = browser_of(cast.sato)
    browser.get(address("members", cast))
    with django_assert_max_num_queries(25):
        browser.get(address("members", cast))
    assert User.objects.count() > 30
