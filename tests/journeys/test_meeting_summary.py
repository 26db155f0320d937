"""Journey: after the meeting its messages become a 会議の要点（第4表）, on a phone and at the desk."""

import os

import pytest
from playwright.sync_api import expect

from apps.records.models import Attendee, SupportRecord
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import say

BASE = "/e/sakuragawa-care/"
SAID = [
    ("suzuki", "髙𣘺先生より、浮腫は経過観察でよいとのことです。体重は毎朝記録していただきます。"),
    ("sato", "福祉用具の担当者は欠席ですが、手すりの追加に賛成との回答でした。"),
    ("suzuki", "訪問看護は週2回に増やせます。"),
]


@pytest.fixture
def talked(transactional_db, cast):
    for person, body in SAID:
        say(cast.room, cast[person], body)
    midori = cast.takahashi.organization
    makers.make_seat(cast.hana, midori)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[midori])
    return cast


def test_after_the_meeting_its_messages_become_a_summary_on_a_phone(talked, on_phone):
    phone = on_phone(talked.sato)
    phone.goto(f"{BASE}rooms/{talked.room.pk}/record/")
    phone.get_by_role("link", name="会議の要点").click()
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(3)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "meeting-choose-phone")
    phone.get_by_role("button", name="下書きを作成").click()
    expect(phone.get_by_label("氏名", exact=True).first).to_have_value("鈴木 一郎")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "meeting-draft-phone")
    fill(phone)
    phone.get_by_label("出欠").nth(2).select_option("absent")
    phone.get_by_role("button", name="発行する").click()
    expect(phone.get_by_role("link", name="印刷（PDF）")).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "meeting-record-phone")

    assert SupportRecord.objects.get().is_of_meeting
    assert list(Attendee.objects.values_list("is_present", flat=True)) == [True, True, False]


def test_at_the_desk_a_wrong_time_is_said_beside_it_and_nothing_typed_is_lost(talked, on_desk):
    desk = on_desk(talked.sato)
    desk.goto(f"{BASE}rooms/{talked.room.pk}/meeting/")
    desk.get_by_role("button", name="下書きを作成").press("Enter")
    fill(desk, ends="13:00")
    picture(desk, "meeting-draft-desk")
    desk.get_by_role("button", name="発行する").press("Enter")
    expect(desk.locator(".field").get_by_text("終了時刻が開始時刻より前になっています")).to_be_visible()
    expect(desk.get_by_label("結論")).to_have_value("訪問看護を週2回に増やす。")
    assert_everybody_can_use(desk)
    assert_fits(desk)
    picture(desk, "meeting-wrong-desk")

    desk.get_by_label("終了時刻").fill("15:00")
    desk.get_by_role("button", name="発行する").press("Enter")

    expect(desk.get_by_role("heading", name="会議の要点 1")).to_be_visible()
    assert_everybody_can_use(desk)
    assert_fits(desk)
    picture(desk, "meeting-record-desk")


def fill(page, ends="15:00"):
    page.get_by_label("開始時刻").fill("14:00")
    page.get_by_label("終了時刻").fill(ends)
    page.get_by_label("開催場所").fill("市役所3階 会議室")
    page.get_by_label("検討した項目").fill("1. 浮腫への対応\n2. 手すりの追加")
    page.get_by_label("結論").fill("訪問看護を週2回に増やす。")


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{folder}/{name}-dark.png")
        page.emulate_media(color_scheme="light")
