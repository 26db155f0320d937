"""Environments, organizations and members for programs."""

import pytest
from django.urls import reverse

from apps.environments.models import Member


def address(name, cast):
    return reverse(f"environments_api:{name}", kwargs={"slug": cast.environment.slug})


def test_a_person_is_told_their_environments(browser_of, cast):
    places = browser_of(cast.sato).get(reverse("environments_api:environments")).json()
    assert [(place["slug"], place["role"], place["organization"]) for place in places] == [
        (cast.environment.slug, "member", cast.hidamari.name)
    ]


def test_a_stranger_is_told_none(browser_of, cast):
    assert browser_of(None).get(reverse("environments_api:environments")).status_code == 401


@pytest.mark.parametrize(("person", "status"), [("sato", 200), ("ito", 200), ("watanabe", 404), ("mori", 404)])
def test_members_are_told_to_the_people_of_the_environment(browser_of, cast, person, status):
    assert browser_of(cast[person]).get(address("members", cast)).status_code == status


def test_present_members_are_listed_and_no_login_id(browser_of, cast):
    answer = browser_of(cast.sato).get(address("members", cast)).json()
    names = {member["name"] for member in answer["results"]}
    assert {cast.sato.name, cast.suzuki.name} <= names
    assert cast.mori.name not in names
    assert answer["count"] == Member.objects.current().count()
    assert "login_id" not in str(answer)


def test_a_guest_is_told_of_their_own_organization_only(browser_of, cast):
    members = browser_of(cast.matsumoto).get(address("members", cast)).json()["results"]
    organizations = browser_of(cast.matsumoto).get(address("organizations", cast)).json()
    assert [member["name"] for member in members] == [cast.matsumoto.name]
    assert [one["name"] for one in organizations] == [cast.matsumoto.organization.name]
    assert len(browser_of(cast.sato).get(address("organizations", cast)).json()) > 5


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_does_not_exist_is_the_nearest_one(browser_of, cast, page):
    assert browser_of(cast.sato).get(address("members", cast), {"page": page}).json()["results"]
