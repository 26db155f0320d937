"""What may be a passphrase, and what changing it ends."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.accounts import actions
from tests.browser import Browser
from tests.makers import PASSPHRASE

CHANGE = reverse("account_change_password")
NEW = "umi no mieru machi"


@pytest.mark.parametrize(
    "passphrase",
    ["umi no mieru machi", "sakurasakurasaku", "さくらの花が咲く頃に会おうね", "a b c d e f g h", "x7!" * 5],
)
def test_thirteen_characters_of_any_kind_are_enough(person, passphrase):
    assert get_adapter().clean_password(passphrase, person) == passphrase


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("twelve chars", "password_too_short"),
        ("1234567890123", "password_entirely_numeric"),
        ("1029384756102938", "password_entirely_numeric"),
        ("sato.h.sakuragawa", "password_too_similar"),
        (PASSPHRASE, "reused"),
    ],
)
def test_short_all_digits_like_the_login_id_or_the_same_again_is_refused(person, passphrase, code):
    person.login_id = "sato.h.sakuragaw"

    with pytest.raises(ValidationError) as refused:
        get_adapter().clean_password(passphrase, person)
    assert code in {error.code for error in refused.value.error_list}


def test_a_common_password_is_refused_however_long(person):
    from django.contrib.auth.password_validation import CommonPasswordValidator

    common = next(
        word for word in sorted(CommonPasswordValidator().passwords) if len(word) >= 13 and not word.isdigit()
    )

    with pytest.raises(ValidationError) as refused:
        get_adapter().clean_password(common, person)
    assert "password_too_common" in {error.code for error in refused.value.error_list}


def test_changing_it_ends_every_session_and_device_and_is_written_down(careful, ledger):
    here, elsewhere = Browser(careful), Browser(careful)
    elsewhere.get(reverse("mfa_index"))
    actions.register_device(user=careful, name="tablet", by=careful)

    answer = here.post(CHANGE, {"oldpassword": PASSPHRASE, "password1": NEW})

    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    careful.refresh_from_db()
    assert careful.check_password(NEW)
    assert here.get(reverse("mfa_index")).status_code == 302
    assert elsewhere.get(reverse("mfa_index")).status_code == 302
    assert not careful.devices.live().exists()
    assert [entry.user_id for entry in ledger("accounts.passphrase_changed")] == [str(careful.pk)]


@pytest.mark.parametrize(
    "sent",
    [
        {"oldpassword": "not the right words", "password1": NEW},
        {"oldpassword": PASSPHRASE, "password1": "short"},
        {"oldpassword": PASSPHRASE, "password1": PASSPHRASE},
        {"oldpassword": "", "password1": ""},
        {},
    ],
)
def test_a_change_that_does_not_hold_comes_back_and_changes_nothing(person, sent):
    browser = Browser(person)

    answer = browser.post(CHANGE, sent)

    assert answer.status_code == 422
    person.refresh_from_db()
    assert person.check_password(PASSPHRASE)
    assert browser.get(CHANGE).status_code == 200


def test_the_present_passphrase_cannot_be_guessed_on_this_page_either(person, ledger):
    browser = Browser(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            browser.post(CHANGE, {"oldpassword": "not the right words", "password1": NEW})
        # Already the pace is refused; a minute later the lock-out still holds.
        assert browser.post(CHANGE, {"oldpassword": PASSPHRASE, "password1": NEW}).status_code == 429
        clock.shift(timedelta(seconds=61))
        answer = browser.post(CHANGE, {"oldpassword": PASSPHRASE, "password1": NEW})

    assert answer.status_code == 422
    assert ledger("accounts.sign_in")[-1].reason == "locked_out"
    person.refresh_from_db()
    assert person.check_password(PASSPHRASE)
