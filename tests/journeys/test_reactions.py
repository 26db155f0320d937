"""A phrase below a message is said with one press, counted on every screen, and taken back with another."""

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import say

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    makers.make_membership(cast.room, cast.tanaka)
    say(cast.room, cast.tanaka, "会議の資料を机に置きました。")
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def phrase(page, kind="thanks"):
    return page.locator(f".message[data-number='1'] .reaction[data-kind='{kind}']")


def test_a_phrase_is_said_counted_and_taken_back_on_phone_and_desk(people, on_phone, on_desk):
    phone, other, desk = (
        opened(page, people) for page in (on_phone(people.sato), on_desk(people.sato), on_desk(people.tanaka))
    )

    phone.locator(".message[data-number='1'] .message-more").click()
    sheet = phone.locator("dialog.sheet[open]")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    sheet.get_by_role("button", name="ありがとうございます").click()
    for page, pressed in ((phone, "true"), (other, "true"), (desk, "false")):
        expect(phrase(page)).to_contain_text("1")
        expect(phrase(page)).to_have_attribute("aria-pressed", pressed)
    phrase(desk).click()
    for page in (phone, other, desk):
        expect(phrase(page)).to_contain_text("2")
        expect(phrase(page)).to_have_attribute("aria-pressed", "true")
    assert_everybody_can_use(desk)
    phrase(other).click()
    for page, pressed in ((phone, "false"), (other, "false"), (desk, "true")):
        expect(phrase(page)).to_contain_text("1")
        expect(phrase(page)).to_have_attribute("aria-pressed", pressed)
