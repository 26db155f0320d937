"""The first page leads on to where a person works."""

from django.urls import reverse
from django_scopes import scope

from apps.environments.models import Member
from apps.home.returning import COOKIE
from tests import makers
from tests.browser import Browser


def today(environment) -> str:
    return reverse("home:today", kwargs={"slug": environment.slug})


def place_elsewhere(cast) -> None:
    """Sato takes part in the neighbour's environment too."""
    with scope(environment=cast.elsewhere):
        office = makers.make_organization(cast.elsewhere, "となり窓口")
        makers.make_member(office, cast.sato.user)


def test_a_stranger_is_asked_to_sign_in(client, db):
    answer = client.get("/")

    assert answer["Location"].startswith(reverse("account_login"))


def test_somebody_with_one_place_goes_there(cast):
    assert Browser(cast.sato).get("/")["Location"] == today(cast.environment)


def test_somebody_with_several_places_chooses(cast):
    place_elsewhere(cast)

    assert Browser(cast.sato).get("/")["Location"] == reverse("environments:choose")


def test_somebody_who_was_somewhere_comes_back_there(cast):
    place_elsewhere(cast)
    browser = Browser(cast.sato)
    browser.get(today(cast.elsewhere))

    assert browser.get("/")["Location"] == today(cast.elsewhere)


def test_a_place_that_has_ended_is_not_returned_to(cast):
    place_elsewhere(cast)
    browser = Browser(cast.sato)
    browser.cookies[COOKIE] = "no-such-town"

    assert browser.get("/")["Location"] == reverse("environments:choose")


def test_somebody_without_a_place_is_told_whom_to_ask(db):
    answer = Browser(makers.make_user("nowhere")).get("/", headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    assert "Please ask the administrator" in answer.content.decode()
    assert reverse("environments:new") not in answer.content.decode()


def test_an_operator_without_a_place_may_build_an_environment(db):
    answer = Browser(makers.make_user("operator", is_operator=True)).get("/")

    assert reverse("environments:new") in answer.content.decode()


def test_a_former_member_has_no_place(cast):
    assert Member.objects.filter(pk=cast.mori.pk).exists()

    assert Browser(cast.mori).get("/").status_code == 200
