"""A1: somebody joins with a printed slip, on a phone, without e-mail; and comes back with a passkey."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts import actions
from apps.accounts.models import Slip
from tests import makers
from tests.accounts.proofs import SECRET, code_now
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.makers import PASSPHRASE

pytestmark = pytest.mark.django_db(transaction=True)
CHOSEN = "umi no mieru machi"


@pytest.fixture
def issued(transactional_db):
    return actions.issue_slip(user=actions.make_user(login_id="takahashi.m", by=None), by=None)


def give_authenticator(page: Page, **more: object) -> None:
    """The phone's own fingerprint reader, which always recognises its owner."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        **more,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


class Taps:
    """Counts what the person does with a finger."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.tap()

    def into(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_label(label).tap()
        self.page.keyboard.insert_text(text)


def start_page_reached(page: Page) -> None:
    page.wait_for_url(lambda address: "/join/" not in address and "/accounts/" not in address)


def test_a_scanned_slip_leads_to_a_passkey_in_few_taps(on_phone, issued):
    page = on_phone(locale="en-GB")
    give_authenticator(page)
    taps = Taps(page)

    page.goto(f"{reverse('accounts:join')}#{issued.code}")
    expect(page.get_by_label("Code on your slip")).to_have_value(issued.code)
    assert issued.code not in page.url
    assert_everybody_can_use(page)
    assert_fits(page)
    taps.on("Continue")

    expect(page.get_by_label("Login ID")).to_have_value("takahashi.m")
    assert_everybody_can_use(page)
    taps.into("New passphrase", CHOSEN)
    taps.on("Continue")

    page.get_by_role("heading", name="Add a second factor").wait_for()
    assert_everybody_can_use(page)
    assert_fits(page)
    taps.on("Make a passkey on this device")

    page.get_by_role("heading", name="Your recovery codes").wait_for()
    expect(page.locator(".recovery-codes code")).to_have_count(10)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert_everybody_can_use(page)
    assert_fits(page)
    taps.on("I have put them in a safe place")

    start_page_reached(page)
    assert taps.count <= 12


def test_a_typed_slip_leads_to_an_authenticator_app(on_phone, issued):
    page = on_phone(locale="en-GB")
    taps = Taps(page)

    page.goto(reverse("accounts:join"))
    taps.into("Code on your slip", issued.code.lower().replace("-", ""))
    taps.on("Continue")
    taps.into("New passphrase", CHOSEN)
    taps.on("Continue")
    taps.on("Use an authenticator app")
    page.get_by_role("heading", name="Set up an authenticator app").wait_for()
    picture = page.get_by_role("img", name="QR code with the secret key for the app")
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert_everybody_can_use(page)
    assert_fits(page)

    page.get_by_text("If you cannot scan").tap()
    secret = page.locator("code.secret").inner_text().strip()
    taps.into("The six digits that the app shows now", code_now(secret))
    taps.on("Finish the set-up")
    taps.on("I have put them in a safe place")

    start_page_reached(page)
    assert taps.count <= 12


def test_the_passkey_opens_the_sign_in_page_the_next_time(on_phone, issued):
    page = on_phone(locale="en-GB")
    give_authenticator(page)
    page.goto(f"{reverse('accounts:join')}#{issued.code}")
    page.get_by_role("button", name="Continue").tap()
    page.get_by_label("New passphrase").fill(CHOSEN)
    page.get_by_role("button", name="Continue").tap()
    page.get_by_role("button", name="Make a passkey on this device").tap()
    page.get_by_role("link", name="I have put them in a safe place").tap()
    start_page_reached(page)
    page.context.clear_cookies()

    page.goto(reverse("account_login"))
    assert_everybody_can_use(page)
    assert_fits(page)
    page.get_by_role("button", name="Sign in with a passkey").tap()
    start_page_reached(page)

    page.goto(reverse("mfa_list_webauthn"))
    expect(page.get_by_text("Rename")).to_be_visible()
    assert_everybody_can_use(page)
    page.goto("/e/nowhere/")
    # Two factors in one: what is left is the answer of an environment that is not there.
    assert "/join/second-factor/" not in page.url


def test_the_passkey_is_the_second_step_after_the_passphrase_and_unlocks_the_screen(on_desk, issued, settings):
    page = on_desk(locale="en-GB")
    give_authenticator(page)
    page.goto(f"{reverse('accounts:join')}#{issued.code}")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New passphrase").fill(CHOSEN)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make a passkey on this device").click()
    page.get_by_role("link", name="I have put them in a safe place").click()
    start_page_reached(page)
    page.context.clear_cookies()

    page.goto(reverse("account_login"))
    page.get_by_label("Login ID").fill("takahashi.m")
    page.get_by_label("Passphrase", exact=False).first.fill(CHOSEN)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Second step").wait_for()
    assert_everybody_can_use(page)
    page.get_by_role("button", name="Use the passkey").click()
    start_page_reached(page)

    page.goto(f"{reverse('accounts:locked')}?next={reverse('mfa_index')}")
    assert_everybody_can_use(page)
    page.get_by_role("button", name="Unlock with the passkey").click()
    page.wait_for_url(f"**{reverse('mfa_index')}")


def test_without_a_finger_the_person_is_told_and_may_choose_another_way(on_phone, issued):
    page = on_phone(locale="en-GB")
    give_authenticator(page, isUserVerified=False)
    page.goto(f"{reverse('accounts:join')}#{issued.code}")
    page.get_by_role("button", name="Continue").tap()
    page.get_by_label("New passphrase").fill(CHOSEN)
    page.get_by_role("button", name="Continue").tap()

    page.get_by_role("button", name="Make a passkey on this device").tap()

    expect(page.get_by_role("alert").filter(has_text="The passkey was not used.")).to_be_visible()
    expect(page.get_by_role("link", name="Use an authenticator app")).to_be_visible()


def test_the_second_use_of_a_slip_is_refused_on_the_screen(on_phone, issued):
    actions.use_slip(slip=Slip.objects.select_related("user").get(), passphrase=CHOSEN)
    page = on_phone(locale="en-GB")

    page.goto(f"{reverse('accounts:join')}#{issued.code}")
    page.get_by_role("button", name="Continue").tap()

    expect(page.get_by_text("This slip has already been used.").first).to_be_visible()
    assert_everybody_can_use(page)


def test_a_page_left_alone_is_covered_and_keeps_what_was_typed(on_desk, transactional_db):
    person = makers.make_user("sato.h", passphrase=PASSPHRASE)
    actions.enrol_authenticator_app(user=person, secret=SECRET, by=None)
    page = on_desk(person, locale="en-GB")
    page.clock.install()
    page.goto(reverse("account_change_password"))
    page.get_by_label("New passphrase").fill("half of a sentence")

    page.clock.run_for(14 * 60 * 1000)
    expect(page.locator(".lock-cover")).to_have_count(0)
    page.clock.run_for(2 * 60 * 1000)

    cover = page.get_by_role("dialog", name="The screen is locked")
    expect(cover).to_be_visible()
    assert page.title() == "The screen is locked"
    expect(page.get_by_role("heading", name="Change passphrase")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(cover).to_be_visible()

    cover.get_by_label("Passphrase or six-digit code").fill("not the right words")
    cover.get_by_role("button", name="Unlock").click()
    expect(cover.get_by_text("The passphrase is not right.").first).to_be_visible()
    cover.get_by_label("Passphrase or six-digit code").fill(PASSPHRASE)
    cover.get_by_role("button", name="Unlock").click()

    expect(cover).to_have_count(0)
    expect(page.get_by_role("heading", name="Change passphrase")).to_be_visible()
    expect(page.get_by_label("New passphrase")).to_have_value("half of a sentence")


def test_a_passphrase_may_be_looked_at_while_it_is_typed(on_phone):
    page = on_phone(locale="en-GB")
    page.goto(reverse("account_login"))
    field = page.get_by_label("Passphrase")
    field.fill("umi no mieru")
    expect(field).to_have_attribute("type", "password")

    page.get_by_role("button", name="Show").tap()

    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide").tap()
    expect(field).to_have_attribute("type", "password")
