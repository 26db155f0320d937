"""The language is chosen by a person, kept by the browser, and Japanese until then."""

from django.conf import settings
from django.urls import reverse

from tests.browser import Browser


def test_japanese_is_spoken_where_nothing_was_chosen(client):
    answer = client.get(reverse("home:offline"), headers={"Accept-Language": "fr"})

    assert b'<html lang="ja">' in answer.content


def test_a_choice_is_remembered_for_a_year(cast):
    browser = Browser(cast.sato)

    answer = browser.post(reverse("home:language"), {"language": "en", "next": reverse("home:me")})

    assert (answer.status_code, answer["Location"]) == (302, reverse("home:me"))
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] == 60 * 60 * 24 * 365
    assert b'<html lang="en">' in browser.get(reverse("home:me")).content


def test_somebody_who_is_not_signed_in_may_choose_too(client):
    client.post(reverse("home:language"), {"language": "en"})

    assert b'<html lang="en">' in client.get(reverse("account_login")).content


def test_an_unknown_language_changes_nothing(client):
    client.post(reverse("home:language"), {"language": "tlh"})

    assert b'<html lang="ja">' in client.get(reverse("account_login")).content


def test_the_choice_never_leads_to_another_site(client):
    answer = client.post(reverse("home:language"), {"language": "en", "next": "https://example.com/"})

    assert "example.com" not in answer["Location"]


def test_looking_chooses_nothing(client):
    assert client.get(reverse("home:language")).status_code == 405
