"""Signing in: with a passphrase, with a code, and not at all."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from tests.accounts.proofs import code_now, wrong_code
from tests.browser import Browser
from tests.makers import PASSPHRASE

LOGIN = reverse("account_login")
CODE = reverse("mfa_authenticate")


def try_to_sign_in(browser, login_id="sato.h", passphrase=PASSPHRASE, **extra):
    return browser.post(LOGIN, {"login": login_id, "password": passphrase}, **extra)


def is_signed_in(browser) -> bool:
    return "_auth_user_id" in browser.session


def test_login_id_and_passphrase_sign_in_and_are_written_down(person, stranger, ledger):
    answer = try_to_sign_in(stranger)

    assert (answer.status_code, answer["Location"]) == (302, reverse("home:start"))
    assert is_signed_in(stranger)
    (entry,) = ledger("accounts.signed_in")
    assert entry.user_id == str(person.pk)
    assert entry.detail == {"methods": ["password"]}


def test_the_login_id_may_be_typed_in_capitals_and_with_a_space(person, stranger):
    try_to_sign_in(stranger, "Sato.H ")

    assert is_signed_in(stranger)


def test_a_second_factor_is_asked_for_before_anybody_is_in(careful, stranger, ledger):
    answer = try_to_sign_in(stranger)

    assert answer["Location"] == CODE
    assert not is_signed_in(stranger)

    stranger.post(CODE, {"code": code_now()})

    assert is_signed_in(stranger)
    assert ledger("accounts.signed_in")[0].detail == {"methods": ["password", "totp"]}


def test_digits_typed_full_width_are_digits(careful, stranger):
    try_to_sign_in(stranger)

    stranger.post(CODE, {"code": code_now().translate(str.maketrans("0123456789", "０１２３４５６７８９"))})

    assert is_signed_in(stranger)


def test_a_code_is_taken_once_even_within_the_tolerance_of_the_clock(careful, stranger):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = code_now()
        try_to_sign_in(stranger)
        stranger.post(CODE, {"code": code})
        assert is_signed_in(stranger)

        clock.shift(timedelta(seconds=35))
        second = Browser()
        try_to_sign_in(second)
        answer = second.post(CODE, {"code": code})

    assert answer.status_code == 422
    assert not is_signed_in(second)


def test_a_wrong_code_comes_back_with_a_sentence_and_an_entry(careful, stranger, ledger):
    try_to_sign_in(stranger)

    answer = stranger.post(CODE, {"code": wrong_code()}, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert "This code is not right." in answer.content.decode()
    assert not is_signed_in(stranger)
    assert [(entry.reason, entry.user_id) for entry in ledger("accounts.second_factor")] == [
        ("wrong_code", str(careful.pk))
    ]


def test_five_wrong_codes_lock_the_second_step_and_the_right_one_with_it(careful, stranger, ledger):
    try_to_sign_in(stranger)
    for _ in range(5):
        stranger.post(CODE, {"code": wrong_code()})

    answer = stranger.post(CODE, {"code": code_now()}, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert "please try again after" in answer.content.decode()
    assert not is_signed_in(stranger)
    assert ledger("accounts.second_factor")[-1].reason == "locked_out"


@pytest.mark.parametrize(("login_id", "reason"), [("sato.h", "wrong_credentials"), ("somebody.else", "unknown_login")])
def test_wrong_and_unknown_are_answered_alike_and_told_apart_in_the_ledger(person, stranger, ledger, login_id, reason):
    answer = try_to_sign_in(stranger, login_id, "not the right words", headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert "The login ID or the passphrase is not right." in answer.content.decode()
    (entry,) = ledger("accounts.sign_in")
    assert (entry.outcome, entry.reason) == ("refused", reason)
    assert "somebody.else" not in str(entry)


def test_after_five_failures_even_the_right_passphrase_waits_and_the_sentence_names_the_time(person, stranger, ledger):
    with time_machine.travel("2026-11-21T09:00:00+09:00", tick=False) as clock:
        for _ in range(5):
            try_to_sign_in(stranger, passphrase="not the right words")

        answer = try_to_sign_in(stranger, headers={"Accept-Language": "en"})

        assert answer.status_code == 422
        assert "please try again after 09:15" in answer.content.decode()
        assert not is_signed_in(stranger)
        assert [entry.reason for entry in ledger("accounts.sign_in")] == [*["wrong_credentials"] * 5, "locked_out"]

        clock.shift(timedelta(minutes=15, seconds=1))
        try_to_sign_in(stranger)

    assert is_signed_in(stranger)


def test_nobody_can_lock_another_person_out_from_elsewhere(person, stranger):
    for _ in range(6):
        try_to_sign_in(stranger, passphrase="not the right words", REMOTE_ADDR="203.0.113.9")

    try_to_sign_in(stranger, REMOTE_ADDR="203.0.113.10")

    assert is_signed_in(stranger)


def test_one_address_cannot_try_many_login_ids(person, stranger):
    for number in range(20):
        try_to_sign_in(stranger, f"guess{number}", "not the right words")

    answer = try_to_sign_in(stranger)

    assert answer.status_code == 422
    assert not is_signed_in(stranger)


def test_a_whole_town_hall_may_sign_in_from_one_address_in_the_same_minute(person):
    for _ in range(35):
        answer = try_to_sign_in(Browser())
        assert answer.status_code == 302


def test_a_closed_account_is_told_so_only_to_whoever_knows_its_passphrase(person, stranger):
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert try_to_sign_in(stranger, passphrase="not the right words").status_code == 422
    answer = try_to_sign_in(stranger)

    assert answer["Location"] == reverse("account_inactive")
    assert not is_signed_in(stranger)
    assert stranger.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/email/", "/accounts/password/reset/key/1-x/"])
def test_registration_and_email_have_no_address(stranger, address):
    assert stranger.get(address).status_code == 404


def test_whoever_forgot_the_passphrase_is_told_to_ask_for_a_slip(stranger):
    answer = stranger.get(reverse("account_reset_password"), headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    assert "ask your administrator for a new slip" in answer.content.decode()


def test_the_page_after_sign_in_is_never_on_another_site(person, stranger):
    answer = stranger.post(f"{LOGIN}?next=https://evil.example/", {"login": "sato.h", "password": PASSPHRASE})

    assert answer["Location"] == reverse("home:start")


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "[]",
        "17",
        "{}",
        '{"response": 3}',
        '{"id": "x", "response": {"userHandle": "!!!"}}',
        "{broken",
        "x" * 9000,
    ],
)
def test_a_passkey_that_is_none_is_refused_with_a_sentence(stranger, credential):
    stranger.post(reverse("accounts:sign_in_options"))

    answer = stranger.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1] == (LOGIN, 302)
    assert len(list(answer.context["messages"])) == 1
    assert not is_signed_in(stranger)


@pytest.mark.parametrize("length", [3 * 1024 * 1024, 200 * 1024 * 1024])
def test_a_huge_paste_is_refused_before_it_is_read(stranger, length):
    answer = stranger.generic(
        "POST",
        LOGIN,
        b"login=sato.h&password=x",
        content_type="application/x-www-form-urlencoded",
        CONTENT_LENGTH=str(length),
    )

    assert answer.status_code == 413


def test_a_very_long_passphrase_is_not_even_hashed(person, stranger):
    assert try_to_sign_in(stranger, passphrase="x" * 5000).status_code == 422


def test_the_form_tells_password_managers_what_its_fields_are(stranger):
    page = stranger.get(LOGIN).content.decode()

    assert 'autocomplete="username webauthn"' in page
    assert 'autocomplete="current-password"' in page


def test_signing_out_ends_the_session_and_is_written_down(person, ledger):
    browser = Browser(person)
    key = browser.session.session_key

    browser.post(reverse("account_logout"))

    assert not browser.session.exists(key)
    assert ledger("accounts.signed_out")[0].user_id == str(person.pk)


@pytest.mark.parametrize("name", ["account_login", "accounts:join", "account_reset_password", "account_inactive"])
def test_pages_for_strangers_open_without_signing_in(stranger, name):
    assert stranger.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password", "account_logout", "account_reauthenticate", "accounts:devices", "accounts:locked",
        "accounts:second_factor", "mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "mfa_list_webauthn",
        "mfa_view_recovery_codes", "usersessions_list",
    ],
)  # fmt: skip
def test_strangers_are_sent_to_sign_in_and_come_back(stranger, name):
    address = reverse(name)
    answer = stranger.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith((f"{LOGIN}?next=", LOGIN, reverse("home:start")))
