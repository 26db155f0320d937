"""The idle lock (M3): a quarter of an hour without a deed, whatever the page asks for by itself."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from apps.accounts import access, actions
from tests.accounts.proofs import code_now, wrong_code
from tests.browser import Browser
from tests.makers import PASSPHRASE

LOCKED = reverse("accounts:locked")
PAGE = reverse("mfa_index")
POLL = {"X-Carenet-Background": "1"}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def clock():
    # One code of the authenticator app holds for the whole test: time stands still unless the test moves it.
    with time_machine.travel(
        datetime(2026, 11, 21, 9, 0, 15, tzinfo=timezone.get_current_timezone()), tick=False
    ) as at:
        yield at


@pytest.fixture
def screen(careful, clock):
    screen = Browser(careful)
    assert screen.get(PAGE).status_code == 200
    return screen


def past_the_time(clock):
    clock.shift(timedelta(minutes=15, seconds=1))


def test_until_a_quarter_of_an_hour_the_screen_is_open(screen, clock):
    clock.shift(timedelta(minutes=14, seconds=59))

    assert screen.get(PAGE).status_code == 200


def test_after_it_every_page_answers_with_the_lock_and_the_way_back(screen, clock):
    past_the_time(clock)

    answer = screen.get(f"{PAGE}?tab=keys")

    assert answer.status_code == 302
    assert answer["Location"] == f"{LOCKED}?next=%2Faccounts%2F2fa%2F%3Ftab%3Dkeys"


def test_a_deed_starts_the_time_again(screen, clock):
    for _ in range(4):
        clock.shift(timedelta(minutes=14))
        assert screen.get(PAGE).status_code == 200


def test_a_sign_of_life_from_somebody_typing_does_too(screen, clock):
    for _ in range(4):
        clock.shift(timedelta(minutes=14))
        assert screen.post(reverse("accounts:presence")).status_code == 204

    assert screen.get(PAGE).status_code == 200


def test_what_a_page_asks_for_by_itself_keeps_nobody_awake(screen, clock):
    clock.shift(timedelta(minutes=14))
    assert screen.get(PAGE, headers=POLL).status_code == 200

    clock.shift(timedelta(minutes=2))
    answer = screen.get(PAGE, headers={**POLL, **ENGLISH})

    assert answer.status_code == 401
    assert "The screen was locked" in answer.content.decode()


def test_a_fragment_takes_the_whole_page_to_the_lock(screen, clock):
    past_the_time(clock)

    answer = screen.get(PAGE, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}?page=2"})

    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{LOCKED}?next=%2Faccounts%2F2fa%2F%3Fpage%3D2"


def test_the_api_under_a_locked_session_answers_401(screen, clock):
    past_the_time(clock)

    answer = screen.get("/api/v1/devices/", headers=ENGLISH)

    assert (answer.status_code, answer.json()["code"]) == (401, "session_locked")


def test_a_socket_is_refused_under_a_locked_session(screen, clock):
    key = screen.session.session_key
    assert not access.is_locked(key)

    past_the_time(clock)

    assert access.is_locked(key)


def test_the_passphrase_unlocks_the_same_session_and_leads_back(screen, careful, clock, ledger):
    key = screen.session.session_key
    past_the_time(clock)

    answer = screen.post(LOCKED, {"proof": PASSPHRASE, "next": f"{PAGE}?tab=keys"})

    assert answer["Location"] == f"{PAGE}?tab=keys"
    assert screen.session.session_key == key
    assert screen.get(PAGE).status_code == 200
    assert ledger("accounts.unlocked")[0].user_id == str(careful.pk)


@pytest.mark.parametrize("typed", [lambda code: code, lambda code: f" {code[:3]} {code[3:]} "], ids=["plain", "spaced"])
def test_a_code_unlocks_too(screen, clock, typed):
    past_the_time(clock)

    assert screen.post(LOCKED, {"proof": typed(code_now())}).status_code == 302
    assert screen.get(PAGE).status_code == 200


def test_inside_the_cover_of_a_page_a_good_proof_is_answered_without_a_page(screen, clock):
    past_the_time(clock)
    htmx = {"HX-Request": "true"}

    form = screen.get(LOCKED, headers=htmx)
    assert form.status_code == 200
    assert "<html" not in form.content.decode()
    assert screen.post(LOCKED, {"proof": "not the right words"}, headers=htmx).status_code == 422
    assert screen.post(LOCKED, {"proof": PASSPHRASE}, headers=htmx).status_code == 204


@pytest.mark.parametrize("proof", ["", "not the right words", "000", "12345678", "x" * 5000])
def test_a_wrong_proof_says_so_and_the_screen_stays_locked(screen, clock, proof):
    past_the_time(clock)

    answer = screen.post(LOCKED, {"proof": proof})

    assert answer.status_code == 422
    assert answer.context["form"].errors["proof"]
    assert screen.get(PAGE)["Location"].startswith(LOCKED)


@pytest.mark.parametrize("credential", ["", "{}", "[]", "{broken", '{"id": "x", "response": {}}'])
def test_a_passkey_that_is_none_says_so_too(screen, clock, credential):
    past_the_time(clock)
    screen.post(reverse("accounts:unlock_options"))

    answer = screen.post(LOCKED, {"credential": credential})

    assert answer.status_code == 422
    assert answer.context["form"].errors["proof"]
    assert screen.get(PAGE)["Location"].startswith(LOCKED)


def test_unlocking_cannot_be_guessed(screen, clock, ledger):
    past_the_time(clock)
    for _ in range(5):
        screen.post(LOCKED, {"proof": "not the right words"})

    answer = screen.post(LOCKED, {"proof": PASSPHRASE}, headers=ENGLISH)

    assert answer.status_code == 422
    assert "please try again after 09:31" in answer.content.decode()
    assert ledger("accounts.sign_in")[-1].reason == "locked_out"


def test_neither_can_codes(screen, clock):
    past_the_time(clock)
    for _ in range(5):
        screen.post(LOCKED, {"proof": wrong_code()})

    assert screen.post(LOCKED, {"proof": code_now()}).status_code == 422


def test_a_locked_screen_may_still_be_left(screen, clock):
    past_the_time(clock)

    assert screen.post(reverse("account_logout"))["Location"] == reverse("account_login")


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_the_way_back_is_never_another_site(screen, clock, next_page):
    past_the_time(clock)

    answer = screen.post(LOCKED, {"proof": PASSPHRASE, "next": next_page})

    assert answer["Location"] == reverse("home:start")


def test_a_deed_cannot_wake_a_session_that_has_locked(screen, clock, rf):
    past_the_time(clock)
    request = rf.get("/")
    request.session = screen.session

    actions.note_deed(request=request)

    assert access.is_locked(screen.session.session_key)


def test_a_device_is_never_locked(careful, clock):
    token = actions.register_device(user=careful, name="tablet", by=careful).token
    bearer = {"Authorization": f"Bearer {token}"}
    assert Browser().get("/api/v1/devices/", headers=bearer).status_code == 200

    clock.shift(timedelta(hours=5))

    assert Browser().get("/api/v1/devices/", headers=bearer).status_code == 200
