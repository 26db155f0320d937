"""What is answered when no page can be: the same for hidden and missing, in words, with a way on."""

from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from apps.kernel import views
from apps.kernel.refusals import NotAllowed, TooOften
from tests.browser import Browser


def test_a_hidden_room_and_a_missing_one_are_the_same_page(cast):
    stranger = Browser(cast.takahashi)
    hidden = reverse("rooms:room", kwargs={"slug": cast.environment.slug, "room_id": cast.room.pk})
    missing = reverse("rooms:room", kwargs={"slug": cast.environment.slug, "room_id": uuid4()})
    assert Browser(cast.sato).get(hidden).status_code == 200

    answers = [stranger.get(hidden), stranger.get(missing)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_hidden_environment_an_unknown_one_and_an_unknown_address_are_the_same_page(cast):
    sato = Browser(cast.sato)
    addresses = [f"/e/{cast.elsewhere.slug}/", "/e/no-such-town/", "/no/such/page/"]

    answers = [sato.get(address) for address in addresses]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_refused_fragment_is_said_above_the_content(cast):
    address = reverse("rooms:room", kwargs={"slug": cast.environment.slug, "room_id": uuid4()})

    answer = Browser(cast.sato).get(address, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (404, "#announcements")
    assert b"<html" not in answer.content


def test_a_form_without_proof_of_origin_is_told_how_to_go_on(cast):
    browser = Browser(cast.sato, enforce_csrf_checks=True, headers={"Accept-Language": "en"})

    answer = browser.post(reverse("home:language"), {"language": "en"})

    assert answer.status_code == 403
    assert "load the page again" in answer.content.decode()


@pytest.mark.parametrize(("refusal", "status"), [(NotAllowed(), 403), (TooOften(), 429)])
def test_a_refusal_says_its_sentence_and_a_way_on(refusal, status):
    with translation.override("en"):
        answer = views.answer(RequestFactory().get("/"), refusal)
        said = refusal.said

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert f'href="{reverse("home:start")}"' in answer.content.decode()


def test_a_request_that_is_not_understood_is_400():
    assert views.bad_request(RequestFactory().get("/"), ValueError("broken")).status_code == 400


def test_our_own_failure_is_said_without_a_database_and_without_the_person():
    # Without the database fixture every query is an error.
    request = RequestFactory().get("/")
    with translation.override("en"):
        answer = views.out_of_order(request)

    assert answer.status_code == 500
    assert "check before you send it again" in answer.content.decode()
    assert b"<script" not in answer.content


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_error_page_names_its_language(language):
    with translation.override(language):
        answer = views.not_here(RequestFactory().get("/"), ValueError())

    assert f'<html lang="{language}">' in answer.content.decode()
