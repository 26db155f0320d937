"""A confirmation asked for while writing: it survives undo and a lost network, and its button is there with the message."""

import pytest
from playwright.sync_api import expect

from apps.rooms.models import Ask, Message, WaitingMessage
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.saying import make_habits, say

ROOMS = "/e/sakuragawa-care/rooms/"
FIRST, SECOND = "担当者会議は水曜の15時、市役所3階です。", "資料は当日お配りします。"


@pytest.fixture
def people(transactional_db, cast, watch):
    watch.forgive("ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|Failed to fetch")
    makers.make_membership(cast.room, cast.tanaka)
    say(cast.room, cast.suzuki, "次の会議はいつでしょうか。")
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    settled(page)
    return page


def tick_of(page):
    return page.locator(".ask-tick input")


def write(page, text):
    page.locator(".composer textarea").fill(text)
    page.locator(".composer button[type=submit]").click()


def test_it_is_ticked_taken_back_and_sent_and_the_receiver_confirms_at_once(people, on_phone, on_desk, monkeypatch):
    # Ten seconds are short for a browser that shares a machine.
    monkeypatch.setattr("apps.rooms.actions.waiting.UNDO_SECONDS", 600)
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)
    expect(tick_of(phone)).to_be_hidden()
    phone.get_by_role("button", name="ファイルなど").click()
    tick = phone.get_by_role("checkbox", name="確認をお願いする")
    assert phone.locator(".ask-tick").bounding_box()["height"] >= 44
    tick.press("Space")
    expect(tick).to_be_checked()
    assert_everybody_can_use(phone)
    assert_fits(phone)

    write(phone, FIRST)
    waiting = phone.locator(".message:has(waiting-message)")
    expect(waiting).to_contain_text("確認のお願いつき")
    expect(tick).not_to_be_checked()
    waiting.get_by_role("button", name="取り消す").click()
    expect(phone.locator(".composer textarea")).to_have_value(FIRST)
    expect(tick).to_be_checked()
    assert not WaitingMessage.objects.exists()
    write(phone, FIRST)
    phone.locator(".message:has(waiting-message)").get_by_role("button", name="今すぐ送る").click()

    message = desk.locator(".message[data-number='2']")
    button = message.get_by_role("button", name="確認しました")
    expect(button).to_be_visible()
    assert_everybody_can_use(desk)
    button.click()
    expect(phone.locator(".message[data-number='2'] .ask-count")).to_have_text("1 / 2")
    assert Ask.objects.count() == 1


def test_without_a_network_the_question_waits_with_its_message_and_is_asked_once(people, on_phone, on_desk):
    make_habits(people.sato, can_undo=False)
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="ファイルなど").click()
    tick_of(phone).check()
    write(phone, FIRST)
    expect(phone.locator(".message", has_text=FIRST)).to_contain_text("接続待ち")
    write(phone, SECOND)
    expect(phone.locator(".message", has_text=SECOND)).to_contain_text("接続待ち")
    other = phone.context.new_page()
    phone.close()

    other.context.set_offline(False)
    other.goto(f"{ROOMS}{people.room.pk}/")

    first, second = (desk.locator(".message", has_text=text) for text in (FIRST, SECOND))
    expect(first.get_by_role("button", name="確認しました")).to_be_visible()
    expect(second).to_be_visible()
    expect(second.get_by_role("button", name="確認しました")).to_have_count(0)
    assert list(Ask.objects.values_list("message__body", flat=True)) == [FIRST]
    assert Message.objects.filter(room=people.room).count() == 3
