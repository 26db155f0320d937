"""Transfers for programs: planned, approved and taken back by the verbs of the page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.clients.models import Charge, Transfer
from tests import makers


@pytest.fixture
def yamamoto(cast):
    child_welfare = makers.make_organization(cast.environment, "さくら川市 こども家庭課", "city_division")
    return makers.make_member(child_welfare, role="desk")


def url(cast, rest=""):
    return f"/api/v1/e/{cast.environment.slug}/transfers/{rest}"


def plan(browser, cast, yamamoto, **words):
    sent = {"clients": [str(cast.hana.pk)], "target": str(yamamoto.organization_id), "on": str(timezone.localdate())}
    return browser.post(url(cast), sent | words, content_type="application/json")


def in_charge(cast):
    return Charge.objects.open().get(client=cast.hana).division


def test_a_program_passes_a_client_on_and_is_shown_it_while_it_sees_it(browser_of, cast, yamamoto):
    answer = plan(browser_of(cast.tanaka), cast, yamamoto)
    assert answer.status_code == 201
    assert (answer.json()["total"], answer.json()["clients"]) == (1, [])
    assert in_charge(cast) == yamamoto.organization

    seen = browser_of(yamamoto).get(url(cast, f"{answer.json()['id']}/")).json()
    assert seen["clients"] == [{"client": str(cast.hana.pk), "skipped": False}]
    assert browser_of(yamamoto).get(url(cast)).json()["count"] == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"on": "2020-04-01"}, 400),
        ({"on": "いつか"}, 400),
        ({"clients": []}, 400),
        ({"target": "7b0a1f0e-0000-4000-8000-000000000000"}, 400),
        ({"clients": ["7b0a1f0e-0000-4000-8000-000000000000"]}, 422),
    ],
)
def test_what_cannot_pass_on_is_refused_and_nothing_is_planned(browser_of, cast, yamamoto, wrong, code):
    assert plan(browser_of(cast.tanaka), cast, yamamoto, **wrong).status_code == code
    assert not Transfer.objects.exists()
    assert in_charge(cast) == cast.city


def test_whoever_is_in_charge_of_nobody_passes_nobody_on(browser_of, cast, yamamoto):
    assert plan(browser_of(cast.sato), cast, yamamoto).status_code == 403
    assert plan(browser_of(cast.tanaka), cast, yamamoto).status_code == 201


def test_a_second_person_approves_and_the_planner_does_not(browser_of, cast, yamamoto):
    waiting = makers.make_transfer(cast.tanaka, [cast.hana], target=yamamoto.organization)
    approval = url(cast, f"{waiting.pk}/approval/")
    assert browser_of(cast.tanaka).post(approval).status_code == 403
    assert browser_of(cast.sato).post(approval).status_code == 404
    answer = browser_of(yamamoto).post(approval)
    assert (answer.status_code, answer.json()["waits"], answer.json()["is_planned"]) == (200, False, True)
    assert browser_of(yamamoto).post(approval).status_code == 422


def test_a_transfer_to_come_is_taken_back_and_the_client_stays(browser_of, cast, yamamoto):
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    planned = plan(browser_of(cast.tanaka), cast, yamamoto, on=tomorrow).json()
    assert planned["is_planned"]
    assert browser_of(cast.tanaka).delete(url(cast, f"{planned['id']}/")).status_code == 204
    assert browser_of(cast.tanaka).get(url(cast, f"{planned['id']}/")).json()["revoked_by"] == str(cast.tanaka.pk)
    assert Charge.objects.open().get(client=cast.hana).valid_to is None
