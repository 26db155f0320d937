"""Devices with a token of their own: registered with two factors, listed, revoked, forgotten when unused."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from apps.accounts import access, actions
from apps.accounts.models import Device, User
from apps.accounts.refusals import NoSecondFactor
from tests import makers
from tests.accounts.proofs import code_now, wrong_code
from tests.browser import Browser
from tests.makers import PASSPHRASE

DEVICES = "/api/v1/devices/"
ENGLISH = {"Accept-Language": "en"}


def register(browser=None, **changed):
    sent = {
        "login_id": "sato.h",
        "passphrase": PASSPHRASE,
        "code": code_now(),
        "name": "tablet of the office",
        **changed,
    }
    return (browser or Browser()).post(DEVICES, sent, content_type="application/json", headers=ENGLISH)


def with_token(token: str) -> Browser:
    return Browser(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def device(careful):
    return actions.register_device(user=careful, name="tablet", by=careful)


def test_both_factors_give_a_token_once(careful, ledger):
    answer = register()

    assert answer.status_code == 201
    token = answer.json()["token"]
    assert token.startswith("cn_")
    assert len(token) >= 43
    assert answer.json()["device"]["name"] == "tablet of the office"
    assert token not in str(Device.objects.values().get())
    assert ledger("accounts.device_registered")[0].user_id == str(careful.pk)

    listed = with_token(token).get(DEVICES)
    assert [device["is_this"] for device in listed.json()] == [True]
    assert "token" not in listed.json()[0]


@pytest.mark.parametrize("changed", [{"passphrase": "not the right words"}, {"login_id": "nobody"}, {"code": "wrong"}])
def test_whichever_of_the_three_is_wrong_the_sentence_is_the_same(careful, changed):
    if "code" in changed:
        changed = {"code": wrong_code()}

    answer = register(**changed)

    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert answer.json()["sentence"].startswith("The login ID, the passphrase or the code is not right.")
    assert not Device.objects.exists()


def test_who_has_no_second_factor_gets_none(person):
    answer = register()

    assert (answer.status_code, answer.json()["code"]) == (403, "no_second_factor")
    assert not Device.objects.exists()


def test_the_verb_refuses_it_too(person):
    with pytest.raises(NoSecondFactor):
        actions.register_device(user=person, name="tablet", by=person)


def test_a_closed_account_gets_none(careful):
    User.objects.update(is_active=False)

    assert register().status_code == 401


def test_it_shares_the_lock_out_of_the_sign_in_page(careful, ledger):
    with time_machine.travel("2026-11-21T09:00:00+09:00", tick=False):
        for _ in range(5):
            register(passphrase="not the right words")

        answer = register()
        page = Browser().post(reverse("account_login"), {"login": "sato.h", "password": PASSPHRASE})

    assert (answer.status_code, answer.json()["code"]) == (429, "locked_out")
    assert "please try again after 09:15" in answer.json()["sentence"]
    assert page.status_code == 422
    assert ledger("accounts.sign_in")[-1].reason == "locked_out"


def test_wrong_codes_lock_too(careful):
    for _ in range(5):
        register(code=wrong_code())

    assert register().status_code == 429
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"login_id": None},
        {"code": ["1"]},
        {"name": ""},
        {"name": "x" * 65},
        {"login_id": "x" * 65},
        {"name": "\x00"},
    ],
)
def test_what_is_missing_or_too_long_is_said(careful, sent):
    answer = register(**sent) if sent else Browser().post(DEVICES, {}, content_type="application/json")

    assert 400 <= answer.status_code < 500
    assert not Device.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"'])
def test_what_is_no_json_object_is_refused(db, body):
    answer = Browser().generic("POST", DEVICES, body, content_type="application/json")

    assert 400 <= answer.status_code < 500


def test_a_token_opens_the_api_and_no_page(device):
    browser = with_token(device.token)

    assert browser.get(DEVICES).status_code == 200
    assert browser.get(reverse("accounts:devices")).status_code == 302


@pytest.mark.parametrize("token", ["cn_", "cn_wrong", "cn_" + "x" * 5000, "cn_\u00e9"])
def test_a_wrong_token_is_told_so(db, token):
    answer = Browser().get(DEVICES, headers={"Authorization": f"Bearer {token}", **ENGLISH})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "device_token_refused"


@pytest.mark.parametrize("header", ["", "Basic c2F0bzpo", "Bearer", "Bearer somebody-elses-token", "cn_x"])
def test_what_is_no_token_is_a_stranger(db, header):
    answer = Browser().get(DEVICES, headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_revoked_device_is_refused_at_its_next_request(device, careful, ledger):
    page = Browser(careful)
    other = with_token(device.token)
    assert other.get(DEVICES).status_code == 200

    page.post(reverse("accounts:revoke_device", kwargs={"device_id": device.device.pk}))

    assert other.get(DEVICES).status_code == 401
    assert ledger("accounts.device_revoked")[0].user_id == str(careful.pk)
    assert page.get(reverse("accounts:devices")).context["devices"] == []


def test_a_device_may_end_its_own_access(device):
    browser = with_token(device.token)

    assert browser.get(f"{DEVICES}{device.device.pk}/").json()["name"] == "tablet"
    assert browser.delete(f"{DEVICES}{device.device.pk}/").status_code == 204
    assert browser.get(DEVICES).status_code == 401


def test_another_persons_device_is_not_there(device):
    stranger = makers.make_user()
    actions.enrol_authenticator_app(user=stranger, secret="JBSWY3DPEHPK3PXP", by=None)
    theirs = with_token(actions.register_device(user=stranger, name="x", by=stranger).token)

    assert theirs.get(f"{DEVICES}{device.device.pk}/").status_code == 404
    assert theirs.delete(f"{DEVICES}{device.device.pk}/").status_code == 404
    page = Browser(stranger).post(reverse("accounts:revoke_device", kwargs={"device_id": device.device.pk}))
    assert page.status_code == 404
    assert Device.objects.live().filter(pk=device.device.pk).exists()


def test_thirty_days_without_use_end_a_devices_access_and_use_prolongs_it(device):
    browser = with_token(device.token)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        clock.shift(timedelta(days=29))
        assert browser.get(DEVICES).status_code == 200
        clock.shift(timedelta(days=29))
        assert browser.get(DEVICES).status_code == 200
        clock.shift(timedelta(days=30, seconds=1))
        assert browser.get(DEVICES).status_code == 401


def test_the_time_of_use_is_written_by_the_hour(device):
    before = device.device.last_used_at
    with_token(device.token).get(DEVICES)
    assert Device.objects.get().last_used_at == before

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        with_token(device.token).get(DEVICES)
    assert Device.objects.get().last_used_at > before


def test_a_session_that_is_already_there_speaks_for_itself(device):
    other = makers.make_user("suzuki")
    browser = Browser(other, headers={"Authorization": f"Bearer {device.token}"})

    assert browser.get(DEVICES).json() == []


def test_a_token_counts_as_two_factors_on_a_socket(device, careful):
    found = access.device_by_authorization(f"Bearer {device.token}")

    assert found == device.device
    assert access.has_two_factors({"user": careful, "device": found})
    assert not access.has_two_factors({"user": makers.make_user(), "device": found})


def test_listing_with_a_session_needs_no_token(careful, device):
    assert [listed["is_this"] for listed in Browser(careful).get(DEVICES).json()] == [False]


def test_writing_with_a_session_needs_the_sites_own_form(careful, device):
    browser = Browser(careful, enforce_csrf_checks=True)

    assert browser.delete(f"{DEVICES}{device.device.pk}/").status_code == 403
