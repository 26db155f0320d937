"""Journey A7: five messages become a 支援経過（第5表） in four presses, on a phone and with the keyboard."""

import os

import pytest
from playwright.sync_api import expect

from apps.records.models import SupportRecord
from apps.rooms import actions as rooms
from apps.rooms.access import message_for
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import say

BASE = "/e/sakuragawa-care/"
SAID = [
    ("suzuki", "左の下肢に浮腫があります。体重は先週より1.2kg増えています。"),
    ("sato", "主治医に電話で伝えます。"),
    ("suzuki", "髙𣘺先生の往診が決まりました。明日10時です。ご家族の立ち会いをお願いできますか。"),
    ("sato", "ご長女に連絡しました。立ち会われるそうです。"),
    ("suzuki", "了解しました。訪問の時間を変更します。"),
]


@pytest.fixture
def talked(transactional_db, cast):
    for person, body in SAID:
        say(cast.room, cast[person], body)
    return cast


def test_five_messages_become_a_record_in_four_presses_on_a_phone(talked, on_phone):
    phone = on_phone(talked.sato)
    phone.goto(f"{BASE}rooms/{talked.room.pk}/")
    phone.get_by_role("button", name="このルームのメニュー").click()
    phone.get_by_role("link", name="支援経過").click()
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(5)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "choose-phone")
    phone.get_by_role("button", name="下書きを作成").click()
    expect(phone.locator(".record-line")).to_have_count(5)
    assert_everybody_can_use(phone)
    picture(phone, "draft-phone")
    phone.get_by_role("button", name="発行する").click()
    expect(phone.get_by_role("link", name="印刷（PDF）")).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "record-phone")

    assert SupportRecord.objects.get().lines.count() == 5


def test_with_the_keyboard_a_span_is_ticked_and_a_later_edit_is_flagged(talked, on_desk):
    desk = on_desk(talked.sato)
    desk.goto(f"{BASE}rooms/{talked.room.pk}/record/")
    boxes = desk.get_by_role("checkbox")
    for nth in range(5):
        boxes.nth(nth).press("Space")
    expect(desk.get_by_role("button", name="下書きを作成")).to_be_disabled()
    boxes.nth(0).press("Space")
    boxes.nth(2).click(modifiers=["Shift"])
    expect(desk.locator("output")).to_have_text("3件を選択")
    picture(desk, "choose-desk")
    desk.get_by_role("button", name="下書きを作成").press("Enter")
    desk.get_by_label("方法").nth(1).select_option("telephone")
    picture(desk, "draft-desk")
    desk.get_by_role("button", name="発行する").press("Enter")
    expect(desk.get_by_role("cell", name="電話", exact=True)).to_be_visible()

    rooms.edit(
        message=message_for(talked.suzuki, talked.room.pk, 1), body="右の下肢に浮腫があります。", by=talked.suzuki
    )
    desk.reload()

    expect(desk.locator("tr").filter(has_text="記録後に編集")).to_have_count(1)
    picture(desk, "record-desk")
    desk.get_by_role("link", name="次の版を作成").click()
    expect(desk.locator("textarea").first).to_have_value("右の下肢に浮腫があります。")


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page="draft" not in name)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{folder}/{name}-dark.png")
        page.emulate_media(color_scheme="light")
