"""Consents for programs."""

import pytest
from django.urls import reverse

from apps.clients.access import can_see
from apps.clients.models import Client, ConsentRecord
from tests import makers
from tests.clients.papers import in_api

MISSING = "00000000-0000-4000-8000-000000000000"


def address(name, cast, **kwargs):
    return reverse(f"clients_api:{name}", kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk, **kwargs})


def sent(browser, url, **data):
    return browser.post(url, data, content_type="application/json")


@pytest.fixture
def midori(cast):
    organization = cast.takahashi.organization
    makers.make_seat(cast.hana, organization)
    return organization


def test_a_consent_is_recorded_listed_and_withdrawn(browser_of, cast, midori):
    tanaka, consents = browser_of(cast.tanaka), address("consents", cast)

    answer = sent(tanaka, consents, **in_api(organizations=[str(midori.pk)], valid_to="R30.3.31"))
    assert answer.status_code == 201
    assert answer.json()["covers"] == [midori.name]
    assert answer.json()["is_in_force"] is True
    assert can_see(cast.takahashi, cast.hana)
    assert answer.json() in tanaka.get(consents).json()

    ending = address("withdrawal", cast, consent_id=answer.json()["id"])
    assert sent(tanaka, ending).status_code == 400
    assert sent(tanaka, ending, note="電話").status_code == 204
    assert sent(tanaka, ending, note="電話").status_code == 422
    assert not can_see(cast.takahashi, cast.hana)
    assert [one["withdrawn_at"] is None for one in tanaka.get(consents).json()] == [True, False]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"signed_on": "R8.2.30"}, 400),
        ({"signed_on": "S64.1.9"}, 400),
        ({"signed_on": None}, 400),
        ({"purposes": []}, 400),
        ({"purposes": ["advertising"]}, 400),
        ({"kinds": ["everybody"]}, 400),
        ({"organizations": ["x"]}, 400),
        ({"organizations": "x"}, 400),
        ({"signer": "neighbour"}, 400),
        ({"valid_to": "someday"}, 400),
        ({"organizations": [MISSING]}, 404),
        ({"organizations": []}, 422),
        ({"reference": ""}, 422),
        ({"signed_on": "2999-01-01"}, 422),
        ({"signer": "family", "relation": " "}, 422),
        ({"covers_family": True}, 422),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-30"}, 422),
        ({"valid_from": "2019-05-01", "valid_to": "2020-04-30"}, 422),
    ],
    ids=str,
)
def test_bad_input_records_nothing(browser_of, cast, midori, wrong, status):
    right = in_api(organizations=[str(midori.pk)])

    answer = sent(browser_of(cast.tanaka), address("consents", cast), **{**right, **wrong})

    assert answer.status_code == status
    assert ConsentRecord.objects.get() == cast.consent
    assert sent(browser_of(cast.tanaka), address("consents", cast), **right).status_code == 201


def test_an_organization_of_another_environment_is_missing(browser_of, cast):
    given = in_api(organizations=[str(cast.watanabe.organization_id)])
    assert sent(browser_of(cast.tanaka), address("consents", cast), **given).status_code == 404


def test_an_office_registers_nobody_without_consent_and_a_division_does(browser_of, cast):
    url = reverse("clients_api:clients", kwargs={"slug": cast.environment.slug})
    person = {"name": "高橋 正", "kana": "たかはし", "born_on": "S15.5.5"}

    answer = sent(browser_of(cast.sato), url, **person)
    assert (answer.status_code, answer.json()["code"]) == (422, "consent_needed")
    assert Client.objects.count() == 1

    assert sent(browser_of(cast.tanaka), url, **person).status_code == 201
    assert Client.objects.get(name="高橋 正").division == cast.city


def test_an_office_cannot_register_whom_it_would_not_see(browser_of, cast):
    url = reverse("clients_api:clients", kwargs={"slug": cast.environment.slug})
    person = {"name": "高橋 正", "kana": "たかはし", "born_on": "S15.5.5"}

    answer = sent(browser_of(cast.sato), url, **person, consent=in_api(purposes=["emergency"]))

    assert (answer.status_code, answer.json()["code"]) == (422, "consent_does_not_hold")
    assert Client.objects.count() == 1
    assert sent(browser_of(cast.sato), url, **person, consent=in_api()).status_code == 201
