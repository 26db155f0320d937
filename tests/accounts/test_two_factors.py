"""Nobody reaches a client's data with one factor only: not by page, fragment, API or socket (M1)."""

import json

import pytest
from allauth.mfa.models import Authenticator
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.urls import reverse

from apps.accounts import access, actions
from apps.accounts.models import User
from tests import makers
from tests.accounts.proofs import SECRET, code_now, wrong_code
from tests.browser import Browser
from tests.makers import PASSPHRASE

INSIDE = "/e/sakuragawa-care/"
SECOND = reverse("accounts:second_factor")


def one_factor(person) -> Browser:
    return Browser(person, second_factor=False)


@pytest.mark.parametrize("path", [INSIDE, f"{INSIDE}rooms/", f"{INSIDE}clients/", f"{INSIDE}nothing/here/"])
def test_a_page_inside_sends_somebody_with_one_factor_to_the_second(cast, ledger, path):
    answer = one_factor(cast.sato).get(path)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, SECOND)
    (entry,) = ledger("accounts.reach")
    assert (entry.outcome, entry.reason, entry.user_id) == (
        "refused", "second_factor_missing", str(cast.sato.user_id),
    )  # fmt: skip


def test_the_same_page_opens_with_two(cast):
    assert Browser(cast.sato).get(f"{INSIDE}rooms/").status_code == 200


def test_a_fragment_is_redirected_as_a_whole_page(cast):
    answer = one_factor(cast.sato).get(
        f"{INSIDE}rooms/", headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{INSIDE}rooms/"}
    )

    assert answer["HX-Redirect"] == f"{SECOND}?next=%2Fe%2Fsakuragawa-care%2Frooms%2F"
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["rooms/", "anything/"])
def test_the_api_answers_with_a_sentence(cast, path):
    answer = one_factor(cast.sato).get(f"/api/v1{INSIDE}{path}", headers={"Accept-Language": "en"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "second_factor_missing"
    assert answer.json()["sentence"].startswith("To protect people's information")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("second_factor", "lets_in"), [(True, True), (False, False)])
async def test_a_socket_hears_nothing_with_one_factor(transactional_db, second_factor, lets_in):
    from carenet.asgi import application
    from tests.cast import assemble

    people = await sync_to_async(assemble)()
    browser = await sync_to_async(Browser)(people.sato, second_factor=second_factor)
    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    headers = [(b"cookie", cookie.encode()), (b"origin", b"http://localhost"), (b"host", b"localhost")]
    scope = {"type": "websocket", "path": f"{INSIDE}ws/", "headers": headers, "query_string": b"", "subprotocols": []}
    socket = ApplicationCommunicator(application, scope)

    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(timeout=10))["type"] == "websocket.accept"
    told = await socket.receive_output(timeout=10)

    assert (told["type"] == "websocket.send") is lets_in
    if not lets_in:
        assert (told["type"], told["code"]) == ("websocket.close", 4401)
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(timeout=10)


def test_a_session_from_before_the_enrolment_elsewhere_does_not_pass(person, stranger):
    stranger.post(reverse("account_login"), {"login": "sato.h", "password": PASSPHRASE})
    actions.enrol_authenticator_app(user=person, secret=SECRET, by=None)

    assert stranger.get(INSIDE)["Location"].startswith(SECOND)
    assert "mfa_reauthenticate" not in stranger.get(INSIDE)["Location"]

    page = stranger.get(SECOND, headers={"Accept-Language": "en"})
    assert "before your second factor was set up" in page.content.decode()


def test_such_a_session_passes_after_the_factor_was_used_in_it(person, stranger):
    stranger.post(reverse("account_login"), {"login": "sato.h", "password": PASSPHRASE})
    actions.enrol_authenticator_app(user=person, secret=SECRET, by=None)

    stranger.post(f"{reverse('mfa_reauthenticate')}?next={INSIDE}", {"code": wrong_code()})
    assert stranger.get(INSIDE)["Location"].startswith(SECOND)
    answer = stranger.post(f"{reverse('mfa_reauthenticate')}?next={INSIDE}", {"code": code_now()})

    assert answer["Location"] == INSIDE
    # No member of this environment: what is left is the answer of the fence.
    assert stranger.get(INSIDE).status_code == 404


# In real transactions: allauth announces the new factor when its transaction has committed.
@pytest.mark.django_db(transaction=True)
def test_who_enrols_right_after_the_passphrase_has_two_factors(person, stranger, ledger):
    stranger.post(reverse("account_login"), {"login": "sato.h", "password": PASSPHRASE})
    page = stranger.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    assert stranger.post(reverse("mfa_activate_totp"), {"code": wrong_code(secret)}).status_code == 422
    answer = stranger.post(reverse("mfa_activate_totp"), {"code": code_now(stranger.session["mfa.totp.secret"])})

    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = stranger.get(answer["Location"])
    assert len(codes.context["unused_codes"]) == 10
    assert stranger.get(SECOND)["Location"] == reverse("home:start")
    assert stranger.get(INSIDE).status_code == 404
    assert [entry.detail["type"] for entry in ledger("accounts.factor_added")] == ["totp", "recovery_codes"]


def test_a_passphrase_alone_cannot_add_a_factor_to_an_account_that_has_one(careful):
    browser = one_factor(careful)

    for name in ["mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_deactivate_totp", "account_change_password"]:
        answer = browser.get(reverse(name))
        assert answer["Location"].startswith(SECOND), name
    assert browser.post(reverse("accounts:registration_options"))["Location"].startswith(SECOND)
    assert browser.post(reverse("mfa_deactivate_totp"))["Location"].startswith(SECOND)
    assert access.has_second_factor(careful)


def test_changing_factors_asks_again_after_a_while(careful):
    browser = Browser(careful)
    session = browser.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()

    assert browser.get(reverse("mfa_add_webauthn"))["Location"].startswith(reverse("account_reauthenticate"))
    told = browser.post(reverse("accounts:registration_options"), headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (401, "proof_needed")

    browser.post(f"{reverse('account_reauthenticate')}?next=/", {"password": PASSPHRASE})
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200


def test_the_last_factor_stays(careful):
    browser = Browser(careful)

    assert browser.post(reverse("mfa_deactivate_totp")).status_code == 422
    assert access.has_second_factor(careful)


def test_the_last_passkey_stays_and_another_persons_is_not_there(person):
    passkey = Authenticator.objects.create(user=person, type="webauthn", data={"name": "iPhone", "credential": {}})
    theirs = Authenticator.objects.create(
        user=makers.make_user(), type="webauthn", data={"name": "x", "credential": {}}
    )
    browser = Browser(person)

    assert browser.post(reverse("mfa_remove_webauthn", kwargs={"pk": passkey.pk})).status_code == 422
    assert browser.post(reverse("mfa_remove_webauthn", kwargs={"pk": theirs.pk})).status_code == 404
    assert browser.post(reverse("mfa_edit_webauthn", kwargs={"pk": theirs.pk}), {"name": "mine"}).status_code == 404
    assert Authenticator.objects.filter(type="webauthn").count() == 2


def test_one_of_two_factors_may_go_and_a_passkey_may_be_renamed(careful, ledger):
    passkey = Authenticator.objects.create(user=careful, type="webauthn", data={"name": "iPhone", "credential": {}})
    browser = Browser(careful)

    browser.post(reverse("mfa_edit_webauthn", kwargs={"pk": passkey.pk}), {"name": "my phone"})
    passkey.refresh_from_db()
    assert passkey.data["name"] == "my phone"

    browser.post(reverse("mfa_remove_webauthn", kwargs={"pk": passkey.pk}))
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()
    assert [entry.detail["type"] for entry in ledger("accounts.factor_removed")] == ["webauthn"]


def test_recovery_codes_open_the_second_step_once_each(careful, stranger):
    browser = Browser(careful)
    browser.post(reverse("mfa_generate_recovery_codes"))
    code = browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]

    for expected in (True, False):
        fresh = Browser()
        fresh.post(reverse("account_login"), {"login": "sato.h", "password": PASSPHRASE})
        fresh.post(reverse("mfa_authenticate"), {"code": f"{code[:4]} {code[4:]}"})
        assert ("_auth_user_id" in fresh.session) is expected


def test_recovery_codes_can_be_kept_as_a_file(careful):
    browser = Browser(careful)
    browser.post(reverse("mfa_generate_recovery_codes"))

    answer = browser.get(reverse("mfa_download_recovery_codes"))

    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert len(answer.content.decode().strip().splitlines()) == 12


def test_an_administrator_takes_lost_factors_away_and_everything_open_ends(careful, ledger):
    browser = Browser(careful)
    browser.get(reverse("mfa_index"))
    admin = makers.make_user()

    actions.remove_second_factors(user=careful, by=admin)

    assert not access.has_second_factor(careful)
    assert browser.get(reverse("mfa_index")).status_code == 302
    (entry,) = ledger("accounts.factors_removed")
    assert (entry.user_id, entry.subject_id) == (str(admin.pk), str(careful.pk))


def test_the_key_of_an_app_is_not_readable_in_the_database(careful):
    kept = json.dumps(Authenticator.objects.get(user=careful).data)

    assert SECRET not in kept


def test_recovery_codes_alone_are_no_second_factor(person):
    Authenticator.objects.create(user=person, type="recovery_codes", data={"seed": "x", "used_mask": 0})

    assert not access.has_second_factor(person)


@pytest.mark.parametrize(
    ("records", "passes"),
    [
        ([], False),
        ([{"method": "password"}], False),
        ([{"method": "password"}, {"method": "password", "reauthenticated": True}], False),
        ([{"method": "mfa", "type": "totp"}], False),
        ([{"method": "slip"}], False),
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}], True),
        ([{"method": "slip"}, {"method": "mfa", "type": "webauthn", "enrolled": True}], True),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], True),
    ],
)
def test_two_factors_are_something_known_and_something_owned(person, records, passes):
    session = {"account_authentication_methods": records, "account_authentication_methods_user": str(person.pk)}
    somebody_else = User(login_id="other")

    assert access.has_two_factors({"user": person, "session": session}) is passes
    assert not access.has_two_factors({"user": somebody_else, "session": session})
