"""Journey A9: what was said is found again with the keyboard alone, and a press leads to the place where it was said."""

import os
import re

import pytest
from playwright.sync_api import expect

from apps.rooms import actions
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.notes.makers import make_note
from tests.saying import say

BASE = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def talked(transactional_db, cast):
    for nth in range(30):
        say(cast.room, cast.suzuki, f"{nth + 1}日目の様子です。変わりありません。")
    say(
        cast.room,
        cast.suzuki,
        "左の下肢に浮腫があります。髙𣘺先生に電話で伝え、明日の往診をお願いしました。体重は二日で一キロ増えています。",
    )
    for nth in range(30):
        say(cast.room, cast.sato, f"{nth + 1}回目の返事です。")
    other = makers.make_room(members=[cast.sato, cast.suzuki], title="事例検討会")
    say(other, cast.sato, "浮腫の見方を次回の話題にしましょう。")
    actions.take_all_into_search()
    return cast


def test_a_word_is_found_from_the_room_with_the_keyboard_and_its_place_opens(talked, on_desk):
    desk = on_desk(talked.sato)
    desk.goto(f"{BASE}{talked.room.pk}/")
    desk.locator(".messages-frame").focus()
    desk.keyboard.press("/")
    field = desk.get_by_role("searchbox")
    expect(field).to_be_focused()

    field.fill("高橋")
    desk.keyboard.press("Enter")

    hit = desk.locator(".hit")
    expect(hit).to_have_count(1)
    expect(hit.locator("mark")).to_have_text("髙𣘺")
    expect(desk).to_have_url(re.compile(r"search/\?room="))
    hit.press("/")
    expect(field).to_be_focused()
    hit.press("Enter")
    expect(desk.locator("#message-31 .message-body")).to_be_in_viewport()
    expect(desk.locator(".message:target")).to_have_attribute("data-number", "31")
    picture(desk, "around-desk")


def test_on_a_phone_hits_of_every_room_stand_one_below_the_other_and_are_narrowed(talked, on_phone):
    phone = on_phone(talked.sato)
    phone.goto(BASE)
    phone.get_by_role("link", name="メッセージとノートを検索").click()
    picture(phone, "empty-phone")
    phone.get_by_role("searchbox").fill("浮腫")
    phone.keyboard.press("Enter")
    expect(phone.locator(".hit")).to_have_count(2)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "hits-phone")

    phone.get_by_text("絞り込む").click()
    phone.get_by_label("利用者").select_option(label=talked.hana.name)

    expect(phone.locator(".hit")).to_have_count(1)
    picture(phone, "narrowed-phone")
    phone.locator(".hit").click()
    expect(phone.locator("#message-31 .message-body")).to_be_in_viewport()
    picture(phone, "around-phone")


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_note_is_found_beside_the_messages_and_a_press_opens_it(talked, on_phone, on_desk, size):
    make_note(
        talked.room, by=talked.suzuki, title="浮腫の経過", body="# 経過\n- 21日 左の下肢に浮腫\n- 22日 往診をお願いした"
    )
    page = (on_phone if size == "phone" else on_desk)(talked.sato)
    page.goto(f"{BASE}search/")
    page.get_by_role("searchbox").fill("浮腫")
    page.keyboard.press("Enter")

    found = page.get_by_role("region", name="ノート")
    expect(found.locator(".hit")).to_have_count(1)
    expect(page.locator(".hit")).to_have_count(3)
    assert_everybody_can_use(page)
    assert_fits(page)
    picture(page, f"found-notes-{size}")
    found.get_by_role("link").click()
    expect(page.get_by_role("heading", name="浮腫の経過")).to_be_visible()


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{folder}/{name}-dark.png")
        page.emulate_media(color_scheme="light")
