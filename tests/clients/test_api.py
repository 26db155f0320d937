"""Clients and seats for programs: the same doors and verbs as the pages."""

import pytest
from django.urls import reverse

from apps.audit.models import Entry
from apps.clients.models import Client, Seat
from tests.clients.papers import cover, in_api


def address(name, cast, **kwargs):
    return reverse(f"clients_api:{name}", kwargs={"slug": cast.environment.slug, **kwargs})


def sent(browser, url, **data):
    return browser.post(url, data, content_type="application/json")


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sato", 200),
        ("suzuki", 200),
        ("takahashi", 404),
        ("ito", 404),
        ("ishii", 404),
        ("watanabe", 404),
        ("mori", 404),
    ],
)
def test_a_client_is_told_to_the_care_team_only(browser_of, cast, person, status):
    answer = browser_of(cast[person]).get(address("client", cast, client_id=cast.hana.pk))
    assert answer.status_code == status
    assert (cast.hana.name in str(answer.json())) is (status == 200)


def test_a_stranger_is_asked_to_sign_in(browser_of, cast):
    assert browser_of(None).get(address("clients", cast)).status_code == 401


def test_a_client_comes_with_the_reason_why(browser_of, cast):
    browser = browser_of(cast.sato, headers={"Accept-Language": "en"})
    client = browser.get(address("client", cast, client_id=cast.hana.pk)).json()
    assert client["why_visible"] == "Visible because your organization is on the care team, with the client's consent."
    assert browser.get(address("clients", cast)).json() == {"count": 1, "results": [client]}
    assert browser_of(cast.takahashi).get(address("clients", cast)).json() == {"count": 0, "results": []}


def test_looks_are_in_the_ledger(browser_of, cast):
    browser_of(cast.sato).get(address("clients", cast))
    browser_of(cast.sato).get(address("client", cast, client_id=cast.hana.pk))
    assert Entry.objects.get(verb="clients.listed").detail == {"hits": 1, "clients": [str(cast.hana.pk)]}
    assert Entry.objects.get(verb="clients.opened").channel == "api"


def test_a_client_is_registered(browser_of, cast):
    person = {"name": "高橋 正", "kana": "タカハシ", "born_on": "S15.5.5", "division": str(cast.city.pk)}
    answer = sent(browser_of(cast.sato), address("clients", cast), **person, consent=in_api())
    assert answer.status_code == 201
    assert answer.json()["born_on"] == "1940-05-05"
    assert Client.objects.get(pk=answer.json()["id"]).kana == "たかはし"


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"kana": "高橋"},
        {"born_on": "S15.2.30"},
        {"born_on": 5},
        {"born_on": None},
        {"name": ["a"]},
        {"name": "a\x00b"},
    ],
)
def test_bad_input_is_named_and_nothing_is_registered(browser_of, cast, changed):
    before = Client.objects.count()
    given = {"name": "高橋 正", "kana": "たかはし", "born_on": "S15.5.5", "consent": in_api()} | changed
    answer = sent(browser_of(cast.sato), address("clients", cast), **given)
    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == set(changed)
    assert Client.objects.count() == before


def test_a_namesake_is_refused_until_ruled_out(browser_of, cast):
    given = {"name": cast.hana.name, "kana": cast.hana.kana, "born_on": "1942-03-09", "consent": in_api()}
    answer = sent(browser_of(cast.sato), address("clients", cast), **given)
    assert (answer.status_code, answer.json()["code"]) == (422, "namesake")
    assert sent(browser_of(cast.sato), address("clients", cast), **given, is_somebody_else=True).status_code == 201


def test_admins_register_nobody(browser_of, cast):
    answer = sent(browser_of(cast.ito), address("clients", cast), name="高橋", kana="たかはし", born_on="S15.5.5")
    assert answer.status_code == 403


def test_a_seat_is_given_and_ended(browser_of, cast):
    sato, seats = browser_of(cast.sato), address("seats", cast, client_id=cast.hana.pk)
    client = address("client", cast, client_id=cast.hana.pk)
    answer = sent(sato, seats, organization=str(cast.takahashi.organization_id))
    assert answer.status_code == 201
    assert browser_of(cast.takahashi).get(client).status_code == 404
    assert [seat["waits_for_consent"] for seat in sato.get(seats).json()].count(True) == 1
    cover(cast.hana, cast.takahashi.organization, by=cast.takahashi)
    assert browser_of(cast.takahashi).get(client).status_code == 200
    assert cast.takahashi.name in str(sato.get(seats).json())

    seat = address("seat", cast, client_id=cast.hana.pk, seat_id=answer.json()["id"])
    assert sato.delete(seat).status_code == 204
    assert sato.delete(seat).status_code == 422
    assert browser_of(cast.takahashi).get(client).status_code == 404


@pytest.mark.parametrize(
    ("organization", "status"), [("x", 400), (None, 400), ("00000000-0000-4000-8000-000000000000", 404)]
)
def test_an_organization_that_is_none_gets_no_seat(browser_of, cast, organization, status):
    answer = sent(browser_of(cast.sato), address("seats", cast, client_id=cast.hana.pk), organization=organization)
    assert answer.status_code == status


def test_only_the_care_team_changes_seats(browser_of, cast):
    seat = Seat.objects.get(client=cast.hana, organization=cast.aozora)
    for person in (cast.takahashi, cast.ito):
        browser = browser_of(person)
        given = sent(browser, address("seats", cast, client_id=cast.hana.pk), organization=str(person.organization_id))
        ended = browser.delete(address("seat", cast, client_id=cast.hana.pk, seat_id=seat.pk))
        assert (given.status_code, ended.status_code) == (404, 404)
    assert Seat.objects.open().filter(pk=seat.pk).exists()
