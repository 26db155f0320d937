"""Somebody is called by name: chosen from a list by keyboard or by touch, highlighted for them alone, and found again."""

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import make_habits, say

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    """sato, suzuki and the desk share hana's room."""
    makers.make_membership(cast.room, cast.tanaka)
    for name in ("sato", "suzuki", "tanaka"):
        make_habits(cast[name], can_undo=False)
    say(cast.room, cast.tanaka, "来週の担当者会議の件です。")
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def message(page, number):
    return page.locator(f".message[data-number='{number}']")


def test_who_is_called_sees_it_on_every_screen_and_in_a_list(people, on_phone, on_desk):
    desk, phone = opened(on_desk(people.sato), people), opened(on_phone(people.suzuki), people)
    field, choices = desk.locator("message-composer textarea"), desk.locator(".mention-choice:visible")

    field.press_sequentially("@")
    expect(choices).to_have_count(5)
    expect(choices.first).to_have_attribute("aria-selected", "true")
    assert_everybody_can_use(desk)
    field.press_sequentially("すずき")
    expect(choices).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(field).to_have_value("@鈴木 一郎 ")
    field.press_sequentially("様子を教えてください")
    desk.keyboard.press("Control+Enter")

    expect(message(phone, 2)).to_have_attribute("data-mentions-me", "")
    expect(message(phone, 2).locator(".mention")).to_have_text("@鈴木 一郎")
    expect(message(desk, 2).locator(".mention")).to_have_text("@鈴木 一郎")
    expect(message(desk, 2)).not_to_have_attribute("data-mentions-me", "")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    phone.goto(f"{ROOMS}mentions/")
    expect(phone.locator(".list-row")).to_contain_text("様子を教えてください")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    phone.locator(".list-row").click()
    expect(message(phone, 2)).to_be_in_viewport()


def test_a_press_chooses_and_escape_leaves_the_text_alone(people, on_phone):
    phone = opened(on_phone(people.tanaka), people)
    field, choices = phone.locator("message-composer textarea"), phone.locator(".mention-choice:visible")

    field.press_sequentially("よろしく @あおぞら")
    expect(choices).to_have_count(2)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    choices.filter(has_text="このルームに").click()
    expect(field).to_have_value("よろしく @あおぞら訪問看護ステーション ")
    expect(field).to_be_focused()
    expect(choices).to_have_count(0)
    field.press_sequentially("@")
    expect(choices).to_have_count(5)
    phone.keyboard.press("Escape")
    expect(choices).to_have_count(0)
    expect(field).to_have_value("よろしく @あおぞら訪問看護ステーション @")


def test_the_room_list_shows_an_unread_call_until_it_is_read(people, on_desk):
    say(people.room, people.sato, "@鈴木さん お願いします")
    desk = on_desk(people.suzuki)
    desk.goto(ROOMS)

    expect(desk.locator(".room-row")).to_contain_text("自分宛ての未読メッセージ")
    desk.locator(".room-row").click()
    expect(desk.locator("room-stream[data-state=live]")).to_be_visible()
    expect(desk.locator("room-list .room-row")).not_to_contain_text("自分宛ての未読メッセージ")
