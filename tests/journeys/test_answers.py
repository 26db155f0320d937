"""An answer is begun at a message, sent with its quote, and leads back to what it answers."""

import pytest
from playwright.sync_api import expect

from apps.rooms import actions
from apps.rooms.access import message_for
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import make_habits, say

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    """sato and the desk share hana's room; the question stands under more than a page of other messages."""
    makers.make_membership(cast.room, cast.tanaka)
    say(cast.room, cast.tanaka, "来週の担当者会議は、水曜と木曜のどちらがよいですか。ご都合をお知らせください。")
    for name in ("sato", "tanaka"):
        make_habits(cast[name], can_undo=False)
    return cast


def opened(page, people, rest=""):
    page.goto(f"{ROOMS}{people.room.pk}/{rest}")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def message(page, number):
    return page.locator(f".message[data-number='{number}']")


def test_a_message_is_answered_from_its_sheet_and_quoted_on_every_screen(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)
    bar = phone.locator("answer-bar")
    expect(bar).to_be_hidden()

    message(phone, 1).locator(".message-more").click()
    phone.locator("dialog.sheet[open] [data-answer]").click()
    expect(bar).to_contain_text("水曜と木曜のどちら")
    expect(phone.locator("message-composer textarea")).to_be_focused()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    phone.locator("message-composer textarea").fill("水曜の15時でお願いします。")
    phone.locator("message-composer button[type=submit]").click()

    for page in (phone, desk):
        expect(message(page, 2).locator("a.quote")).to_contain_text("水曜と木曜のどちら")
    expect(bar).to_be_hidden()
    actions.edit(
        message=message_for(people.tanaka, people.room.pk, 1), body="会議は中止になりました。", by=people.tanaka
    )
    for page in (phone, desk):
        expect(message(page, 2).locator(".quote-body")).to_have_text("会議は中止になりました。")
    assert_everybody_can_use(desk)


def test_a_key_begins_an_answer_and_a_press_drops_it(people, on_desk):
    desk = opened(on_desk(people.sato), people)

    message(desk, 1).locator(".message-more").focus()
    desk.keyboard.press("r")
    expect(desk.locator("answer-bar")).to_contain_text("田中")
    expect(desk.locator("message-composer textarea")).to_be_focused()
    desk.locator("answer-bar [data-drop]").click()
    expect(desk.locator("answer-bar")).to_be_hidden()
    desk.locator("message-composer textarea").fill("承知しました。")
    desk.locator("message-composer button[type=submit]").click()

    expect(message(desk, 2)).to_contain_text("承知しました。")
    expect(message(desk, 2).locator(".quote")).to_have_count(0)


def test_a_quote_leads_to_its_message_though_that_is_further_back(people, on_phone):
    for nth in range(70):
        say(people.room, people.sato, f"記録 {nth}")
    actions.post(room=people.room, body="木曜で。", client_key=people.room.pk, answers=1, by=people.sato)
    phone = opened(on_phone(people.sato), people)
    expect(message(phone, 1)).to_have_count(0)

    message(phone, 72).locator("a.quote").click()

    expect(message(phone, 1)).to_be_in_viewport()
    expect(message(phone, 1).locator(".message-more")).to_be_focused()


def test_an_answer_taken_back_stands_in_the_composer_with_what_it_answers(people, on_phone, monkeypatch):
    monkeypatch.setattr("apps.rooms.actions.waiting.UNDO_SECONDS", 60)
    make_habits(people.suzuki)
    phone = opened(on_phone(people.suzuki), people, "?answer=1")

    phone.locator("message-composer textarea").fill("水曜で。")
    phone.locator("message-composer button[type=submit]").click()
    waiting = phone.locator(".message:has(waiting-message)")
    expect(waiting.locator(".quote")).to_contain_text("水曜と木曜のどちら")
    waiting.get_by_role("button", name="取り消す").click()

    expect(phone.locator("message-composer textarea")).to_have_value("水曜で。")
    expect(phone.locator("answer-bar")).to_contain_text("水曜と木曜のどちら")
