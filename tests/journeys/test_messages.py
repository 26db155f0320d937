"""What is done with a message, on a phone and on a desk: seen at once on every other screen, its place kept."""

import re

import pytest
from playwright.sync_api import expect

from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import Message, WaitingMessage
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import make_habits, say

HOME = "/e/sakuragawa-care/"
ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    """sato and the desk share hana's room, and sato has written in it."""
    makers.make_membership(cast.room, cast.tanaka)
    say(cast.room, cast.sato, "訪問しました。血圧は130/80、食欲も戻っています。")
    say(cast.room, cast.tanaka, "ありがとうございます。")
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def message(page, number):
    return page.locator(f".message[data-number='{number}']")


def sheet_of(page, number):
    message(page, number).locator(".message-more").click()
    sheet = page.locator("dialog.sheet[open]")
    expect(sheet).to_be_visible()
    return sheet


def test_a_message_is_edited_on_the_phone_and_changes_on_the_desk_in_its_place(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)

    sheet = sheet_of(phone, 1)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    sheet.get_by_role("link", name="編集").click()
    expect(sheet.locator("textarea")).to_have_value("訪問しました。血圧は130/80、食欲も戻っています。")
    sheet.locator("textarea").fill("訪問しました。血圧は138/80です。")
    sheet.locator("button[data-kind=primary]").click()

    expect(phone.locator("dialog.sheet[open]")).to_have_count(0)
    for page in (phone, desk):
        expect(message(page, 1)).to_contain_text("138/80")
        expect(message(page, 1)).to_contain_text("編集済み")
        expect(page.locator(".message")).to_have_count(2)
    expect(message(phone, 1)).to_have_attribute("data-mine", "")
    sheet = sheet_of(desk, 1)
    expect(sheet.get_by_role("link", name="編集")).to_have_count(0)
    sheet.locator("summary").first.click()
    expect(sheet.locator(".version-body")).to_have_text("訪問しました。血圧は130/80、食欲も戻っています。")
    assert_everybody_can_use(desk)


def test_a_removed_message_leaves_a_tombstone_on_every_screen(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)

    sheet = sheet_of(phone, 1)
    sheet.get_by_text("このメッセージを削除").click()
    sheet.locator("button[data-kind=danger]").click()

    for page in (phone, desk):
        expect(message(page, 1)).to_contain_text("このメッセージは削除されました。")
        expect(page.get_by_text("食欲")).to_have_count(0)
    assert Message.objects.get(number=1).is_removed
    assert_everybody_can_use(desk)


def test_what_was_changed_while_a_screen_was_away_is_there_when_it_is_back(people, on_desk):
    desk = opened(on_desk(people.tanaka), people)
    desk.goto("about:blank")
    actions.edit(message=message_for(people.sato, people.room.pk, 1), body="書き直しました。", by=people.sato)
    # From the browser's memory, as it stood, or anew: in both cases with what was changed.
    desk.go_back()

    expect(message(desk, 1)).to_contain_text("書き直しました。")


def write(page, text):
    page.locator("message-composer textarea").fill(text)
    page.locator("message-composer button[type=submit]").click()


def test_a_message_taken_back_in_time_leaves_no_trace_on_anyone_elses_screen(people, on_phone, on_desk, monkeypatch):
    # Ten seconds are short for a browser that shares a machine.
    monkeypatch.setattr("apps.rooms.actions.waiting.UNDO_SECONDS", 60)
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)

    write(phone, "別の利用者のことを書いてしまった")
    waiting = phone.locator(".message:has(waiting-message)")
    expect(waiting).to_contain_text("秒後に送信")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    waiting.get_by_role("button", name="取り消す").click()

    expect(phone.locator("message-composer textarea")).to_have_value("別の利用者のことを書いてしまった")
    expect(phone.locator(".message")).to_have_count(2)
    say(people.room, people.tanaka, "そのあとの連絡です。")
    expect(message(desk, 3)).to_contain_text("そのあとの連絡です。")
    expect(desk.locator(".message")).to_have_count(3)
    assert not WaitingMessage.objects.exists()


def test_a_message_that_is_let_go_arrives_everywhere_once(people, on_phone, on_desk, monkeypatch):
    monkeypatch.setattr("apps.rooms.actions.waiting.UNDO_SECONDS", 5)
    phone, other, desk = (
        opened(page, people) for page in (on_phone(people.sato), on_desk(people.sato), on_desk(people.tanaka))
    )

    write(phone, "送ってよい文")
    expect(other.locator(".message:has(waiting-message)")).to_contain_text("送ってよい文")

    for page in (phone, other, desk):
        expect(message(page, 3)).to_contain_text("送ってよい文")
        expect(page.locator("waiting-message")).to_have_count(0)
        expect(page.locator(".message")).to_have_count(3)


def test_enter_sends_for_those_who_chose_it_and_never_while_kana_are_converted(people, on_desk):
    make_habits(people.tanaka, can_undo=False, send_key="enter")
    desk = opened(on_desk(people.tanaka), people)
    field = desk.locator("message-composer textarea")
    field.fill("かくにん")

    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    desk.keyboard.press("Shift+Enter")
    expect(field).to_have_value("かくにん\n")
    expect(desk.locator(".message")).to_have_count(2)
    desk.keyboard.press("Enter")

    expect(message(desk, 3)).to_contain_text("かくにん")
    expect(field).to_have_value("")


def test_what_is_to_do_survives_reading_and_is_counted_alike_on_phone_and_desk(people, on_phone, on_desk):
    phone, desk = on_phone(people.sato), on_desk(people.sato)
    desk.goto(ROOMS)
    row = f".room-row[data-room='{people.room.pk}']"
    expect(desk.locator(f"{row} .room-todo")).to_have_count(0)
    opened(phone, people)

    sheet_of(phone, 2).get_by_role("button", name="要対応にする").click()
    expect(message(phone, 2)).to_have_attribute("data-todo", "")
    expect(desk.locator(f"{row} .room-todo")).to_contain_text("1")
    phone.goto(f"{ROOMS}?show=todo")
    expect(phone.locator(f"{row} .badge")).to_have_count(0)
    expect(phone.locator(f"{row} .room-todo")).to_contain_text("1")
    phone.goto(f"{ROOMS}to-do/")
    assert_everybody_can_use(phone)
    assert_fits(phone)

    phone.get_by_role("button", name="対応済みにする").click()
    expect(phone.locator(".marked-row[data-done]")).to_contain_text("ありがとうございます。")
    expect(desk.locator(f"{row} .room-todo")).to_have_count(0)


def test_a_room_pinned_on_the_phone_is_pinned_on_the_open_page_of_the_desk(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.sato), people)

    phone.locator(".room-more").click()
    phone.get_by_role("button", name="ピン留めする").click()

    expect(desk.locator("room-pin button")).to_have_attribute("data-on", "")
    with desk.expect_navigation():
        desk.locator("room-pin button").click()
    expect(phone.locator("room-pin button")).not_to_have_attribute("data-on", "")


@pytest.mark.parametrize("state", ["live", "polling"])
def test_the_badge_of_an_open_page_follows_within_five_seconds(people, on_desk, watch, state):
    actions.read_up_to(room=people.room, number=2, by=people.sato)
    desk = on_desk(people.sato)
    if state == "polling":
        watch.forgive("WebSocket")
        desk.route_web_socket(re.compile("/ws/"), lambda line: line.close())
    desk.goto(HOME)
    desk.wait_for_function(
        "async ([slug, state]) => (await import('rooms/line')).lineOf(slug).state === state",
        arg=["sakuragawa-care", state],
    )
    badge = desk.locator("[data-badge=rooms]").filter(visible=True)
    expect(badge).to_have_count(0)

    say(people.room, people.suzuki, "本日の様子です。")

    expect(badge.first).to_be_visible(timeout=5_000)


def test_a_mark_of_ones_own_is_shown_and_gone_on_ones_other_screen_and_on_nobody_elses(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.sato), people)
    other = opened(on_desk(people.tanaka), people)

    sheet_of(phone, 2).get_by_role("button", name="要対応にする").click()
    expect(message(desk, 2).locator(".mark-todo")).to_be_visible()
    sheet_of(desk, 2).get_by_role("button", name="対応済みにする").click()
    expect(message(phone, 2).locator(".mark-todo")).to_be_hidden()

    expect(message(other, 2).locator(".mark-todo")).to_be_hidden()
