"""Joining with a slip: once, within 72 hours, by whoever holds the newest one."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts import actions
from apps.accounts.models import Slip
from apps.accounts.refusals import SlipExpired, SlipRevoked, SlipUnknown, SlipUsed
from tests import makers
from tests.accounts.proofs import code_now
from tests.browser import Browser

JOIN = reverse("accounts:join")
CHOOSE = reverse("accounts:join_passphrase")
CHOSEN = "umi no mieru machi"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def newcomer(db):
    return actions.make_user(login_id="takahashi.m", by=None)


@pytest.fixture
def issued(newcomer):
    return actions.issue_slip(user=newcomer, by=None)


def join(browser, code, passphrase=CHOSEN):
    browser.post(JOIN, {"code": code})
    return browser.post(CHOOSE, {"passphrase": passphrase})


def test_somebody_with_a_slip_chooses_a_passphrase_and_is_led_to_the_second_factor(newcomer, issued, stranger, ledger):
    answer = join(stranger, issued.code)

    assert answer["Location"] == reverse("accounts:second_factor")
    assert stranger.session["_auth_user_id"] == str(newcomer.pk)
    newcomer.refresh_from_db()
    assert newcomer.check_password(CHOSEN)
    assert [entry.user_id for entry in ledger("accounts.slip_used")] == [str(newcomer.pk)]
    assert ledger("accounts.signed_in")[0].detail == {"methods": ["slip"]}


def test_before_the_slip_nobody_signs_in(newcomer):
    assert authenticate(None, username="takahashi.m", password="") is None
    assert not newcomer.has_usable_password()


def test_a_code_has_sixty_bits_in_groups_of_four_and_no_sign_is_mistaken_for_another(issued):
    groups = issued.code.split("-")

    assert [len(group) for group in groups] == [4, 4, 4]
    assert not set("".join(groups)) & set("01IO")


def test_only_a_hash_of_the_code_is_kept(issued):
    kept = Slip.objects.values().get()

    assert issued.code not in str(kept)
    assert issued.code.replace("-", "") not in str(kept)


@pytest.mark.parametrize(
    "as_typed",
    [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} ",
     lambda code: code.translate({ord(sign): ord(sign) + 0xFEE0 for sign in code if sign != "-"}).replace("-", "－")],
    ids=["small", "in one word", "with spaces", "full-width"],
)  # fmt: skip
def test_the_code_may_be_typed_in_any_manner(issued, as_typed):
    assert actions.check_slip(code=as_typed(issued.code)) == issued.slip


def test_a_new_slip_ends_the_older_one(newcomer, issued):
    newer = actions.issue_slip(user=newcomer, by=None)

    with pytest.raises(SlipRevoked):
        actions.check_slip(code=issued.code)
    assert actions.check_slip(code=newer.code) == newer.slip


def test_the_database_alone_keeps_one_unused_slip_per_person(newcomer, issued):
    with pytest.raises(IntegrityError, match="one_unused_slip_per_person"), transaction.atomic():
        Slip.objects.create(user=newcomer, code_hash="x", expires_at=timezone.now())


def test_a_slip_works_for_72_hours_and_not_a_second_longer(issued):
    with time_machine.travel(issued.expires_at - timedelta(seconds=1), tick=False):
        assert actions.check_slip(code=issued.code)
    with time_machine.travel(issued.expires_at, tick=False), pytest.raises(SlipExpired):
        actions.check_slip(code=issued.code)

    assert issued.expires_at - issued.slip.issued_at == timedelta(hours=72)


def unknown(issued):
    return "AAAA-BBBB-CCCC"


def used(issued):
    actions.use_slip(slip=issued.slip, passphrase=CHOSEN)
    return issued.code


def expired(issued):
    Slip.objects.update(expires_at=timezone.now())
    return issued.code


def revoked(issued):
    actions.issue_slip(user=issued.slip.user, by=None)
    return issued.code


def of_a_closed_account(issued):
    actions.deactivate(user=issued.slip.user, by=None)
    return issued.code


@pytest.mark.parametrize(
    ("make", "refusal", "says"),
    [
        (unknown, "slip_unknown", "There is no slip with this code."),
        (used, "slip_used", "This slip has already been used."),
        (expired, "slip_expired", "Please ask your administrator for a new slip."),
        (revoked, "slip_revoked", "A newer slip has been printed for you."),
        (of_a_closed_account, "slip_unknown", "There is no slip with this code."),
    ],
)
def test_a_slip_that_does_not_hold_says_what_to_do_and_is_written_down(issued, ledger, make, refusal, says):
    code = make(issued)
    before = len(ledger("accounts.slip_used"))
    browser = Browser()

    answer = browser.post(JOIN, {"code": code}, headers=ENGLISH)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    entry = ledger("accounts.slip_used")[before]
    assert (entry.outcome, entry.reason) == ("refused", refusal)
    assert browser.get(CHOOSE)["Location"] == JOIN


@pytest.mark.parametrize("code", ["", " ", "x" * 65, "\x00", "＊" * 12, "🙂" * 12])
def test_what_is_no_code_comes_back_with_a_sentence(issued, stranger, code):
    answer = stranger.post(JOIN, {"code": code})

    assert answer.status_code == 422
    assert answer.context["form"].errors["code"]


def test_codes_cannot_be_guessed_one_after_another(issued, stranger, ledger):
    for _ in range(10):
        stranger.post(JOIN, {"code": "AAAA-BBBB-CCCC"})

    answer = stranger.post(JOIN, {"code": issued.code}, headers=ENGLISH)

    assert answer.status_code == 429
    assert "please try again after" in answer.content.decode()
    assert ledger("accounts.slip_used")[-1].reason == "locked_out"


def test_a_whole_office_may_join_from_one_address(db):
    for number in range(12):
        issued = actions.issue_slip(user=actions.make_user(login_id=f"newcomer{number}", by=None), by=None)
        assert Browser().post(JOIN, {"code": issued.code})["Location"] == CHOOSE


def test_a_passphrase_that_is_too_short_leaves_the_slip_unused(newcomer, issued, stranger):
    answer = join(stranger, issued.code, "short")

    assert answer.status_code == 422
    assert Slip.objects.open().get() == issued.slip
    assert stranger.post(CHOOSE, {"passphrase": CHOSEN}).status_code == 302


def test_a_slip_used_meanwhile_by_somebody_else_is_refused_at_the_last_step(issued, stranger, ledger):
    stranger.post(JOIN, {"code": issued.code})
    stranger.get(CHOOSE)
    page = Browser()
    join(page, issued.code)

    answer = stranger.post(CHOOSE, {"passphrase": "another passphrase"})

    assert answer.status_code in {302, 422}
    assert "_auth_user_id" not in stranger.session
    issued.slip.user.refresh_from_db()
    assert issued.slip.user.check_password(CHOSEN)


def test_a_slip_ends_what_was_open_before(careful):
    browser = Browser(careful)
    assert browser.get(reverse("mfa_index")).status_code == 200
    device = actions.register_device(user=careful, name="tablet", by=careful).device

    actions.use_slip(slip=actions.issue_slip(user=careful, by=None).slip, passphrase=CHOSEN)

    assert browser.get(reverse("mfa_index")).status_code == 302
    assert not careful.devices.live().filter(pk=device.pk).exists()


def test_a_slip_alone_does_not_pass_the_second_factor_somebody_has(careful, stranger):
    issued = actions.issue_slip(user=careful, by=None)

    answer = join(stranger, issued.code)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in stranger.session
    stranger.post(answer["Location"], {"code": code_now()})
    assert stranger.session["_auth_user_id"] == str(careful.pk)


def test_issuing_is_written_down_with_who_and_for_whom(newcomer, person, ledger):
    actions.issue_slip(user=newcomer, by=person)

    (entry,) = ledger("accounts.slip_issued")
    assert (entry.user_id, entry.subject_id) == (str(person.pk), str(newcomer.pk))


def test_a_used_slip_cannot_be_used_by_the_verb_either(issued):
    actions.use_slip(slip=issued.slip, passphrase=CHOSEN)

    with pytest.raises(SlipUsed):
        actions.use_slip(slip=issued.slip, passphrase="another passphrase")


def test_an_unknown_slip_is_unknown_to_the_verb_too(issued):
    issued.slip.delete()

    with pytest.raises(SlipUnknown):
        actions.use_slip(slip=Slip(pk=issued.slip.pk), passphrase=CHOSEN)


def test_somebody_already_signed_in_as_another_person_arrives_as_the_new_one(issued, newcomer):
    browser = Browser(makers.make_user())

    join(browser, issued.code)

    assert browser.session["_auth_user_id"] == str(newcomer.pk)
