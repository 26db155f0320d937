"""B2: from F2 to the printed slip by keyboard alone, counted; what the family sees; the facility opens; the QR code's door."""

import time

import pytest
from playwright.sync_api import expect

from apps.visits import actions
from apps.visits.models import FamilyKey, Visit
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.facilities.makers import make_facility
from tests.visits.makers import make_slot

# Journey B2: so many key presses or taps at most.
MOST_ACTIONS = 25


@pytest.fixture
def people(transactional_db, cast):
    return cast


@pytest.fixture
def facility(people):
    found = make_facility(
        people.takahashi,
        organization=people.takahashi.organization,
        name="こどもの家 つくし",
        kana="こどものいえ つくし",
        age_groups=["adult"],
    )
    for _nth in range(3):
        make_slot(people.takahashi, found, bring="上履き、飲み物")
    return found


def looked_at(page):
    assert_fits(page)
    assert_everybody_can_use(page)


class Fingers:
    """The keyboard, counted: letters of a search are an action each."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.actions += 1

    def type(self, text, *, keys):
        """As an input method writes it: so many keys for the letters and to settle them."""
        self.page.keyboard.insert_text(text)
        self.actions += keys


def test_from_f2_to_the_slip_by_keyboard_in_25_actions(people, facility, on_desk, record_property):
    makers.make_contact(people.hana, by=people.tanaka)
    page = on_desk(people.tanaka)
    page.goto("/e/sakuragawa-care/visits/")
    fingers, began = Fingers(page), time.monotonic()

    fingers.press("F2")
    expect(page.get_by_label("見学する利用者")).to_be_focused()
    fingers.type("はな", keys=5)
    expect(page.get_by_role("button", name="佐々木 ハナ")).to_be_visible()
    fingers.press("Tab", "Enter")
    first = page.locator(".visit-time").first
    expect(first).to_be_focused()
    looked_at(page)
    fingers.press("Enter")
    expect(page.get_by_label("ご家族が同意しました")).to_be_focused()
    fingers.press("Space")
    looked_at(page)
    fingers.press("Enter")
    expect(page.get_by_text("予約しました。事業所に知らせました。")).to_be_visible()
    slip = page.get_by_role("link", name="案内票を印刷")
    expect(slip).to_be_focused()
    fingers.actions += 1
    looked_at(page)

    record_property("actions", fingers.actions)
    record_property("seconds", round(time.monotonic() - began, 1))
    assert fingers.actions <= MOST_ACTIONS
    visit = Visit.objects.get()
    assert visit.is_booked and visit.for_whom.consent is not None
    answer = page.request.get(slip.get_attribute("href"))
    assert answer.status == 200 and answer.body().startswith(b"%PDF-")


def test_the_family_sees_large_cards_and_nobodys_data(people, facility, on_desk):
    page = on_desk(people.tanaka)
    page.goto("/e/sakuragawa-care/visits/find/")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="ご家族に見せる").click()
    cards = opened.value

    expect(cards.get_by_role("heading", name="こどもの家 つくし")).to_be_visible()
    expect(cards.locator("body")).not_to_contain_text("佐々木")
    expect(cards.locator("nav")).to_have_count(0)
    looked_at(cards)


def test_the_facility_opens_a_booking_on_a_phone(people, facility, on_desk, on_phone):
    desk = on_desk(people.tanaka)
    desk.goto("/e/sakuragawa-care/visits/find/")
    desk.get_by_label("見学する利用者").fill("ささき")
    desk.get_by_role("button", name="佐々木 ハナ").click()
    expect(desk.get_by_role("heading", name="佐々木 ハナ")).to_be_visible()
    desk.locator(".visit-time").first.click()
    desk.get_by_label("ご家族が同意しました").check()
    desk.locator("[name=signer]").select_option("self")
    desk.locator("[name=signer_name]").fill("佐々木 ハナ")
    desk.locator("[name=contact]").fill("本人 0100-00-0000")
    desk.get_by_role("button", name="この見学を予約する").click()
    expect(desk.get_by_text("予約しました。事業所に知らせました。")).to_be_visible()

    page = on_phone(people.takahashi)
    page.goto("/e/sakuragawa-care/visits/")
    page.get_by_role("link", name="こどもの家 つくし").click()
    expect(page.get_by_role("heading", name="見学に来る方")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("佐々木")
    looked_at(page)
    page.get_by_role("button", name="予約を開く").click()
    expect(page.get_by_text("佐々木 ハナ")).to_be_visible()
    expect(page.get_by_text("本人 0100-00-0000")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="この見学について話す").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("見学")


def test_the_family_changes_and_cancels_by_the_code_on_a_phone(people, facility, on_phone):
    slot = facility.slots.order_by("starts_at").first()
    held = actions.hold_place(slot=slot, age_group="adult", need="", by=people.tanaka)
    actions.book_visit(visit=held, by=people.tanaka)
    page = on_phone()
    page.goto(f"/v/{FamilyKey.objects.get().code}/")
    expect(page.get_by_text("上履き、飲み物")).to_be_visible()
    looked_at(page)
    page.get_by_text("別の時間に変える").click()
    page.locator("[name=slot]").first.check()
    page.get_by_role("button", name="この時間に変更する").click()
    expect(page.get_by_text("別の時間に変える")).to_be_visible()
    page.get_by_text("この見学を取り消す").click()
    looked_at(page)
    page.get_by_role("button", name="はい、見学を取り消します").click()

    expect(page.get_by_text("この見学は取り消されています")).to_be_visible()
    looked_at(page)
    assert sorted(Visit.objects.values_list("ended_reason", flat=True)) == ["changed", "self"]
