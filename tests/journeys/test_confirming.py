"""A message that asks for a confirmation: pressed on the phone, counted on the desk, listed with who is missing."""

import pytest
from playwright.sync_api import expect

from apps.rooms import actions
from apps.rooms.access import message_for
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.live import until_listening
from tests.saying import make_habits, say

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    makers.make_membership(cast.room, cast.tanaka)
    for one in (cast.sato, cast.suzuki, cast.tanaka):
        make_habits(one, can_undo=False)
    say(cast.room, cast.sato, "担当者会議は水曜の15時、市役所3階です。ご確認ください。")
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def test_it_is_asked_on_the_desk_confirmed_on_the_phone_and_counted_at_once(people, on_phone, on_desk):
    desk, phone = opened(on_desk(people.sato), people), opened(on_phone(people.suzuki), people)
    message = ".message[data-number='1']"
    desk.locator(f"{message} .message-more").click()
    sheet = desk.locator("dialog.sheet[open]")
    sheet.get_by_text("確認をお願いする").click()
    assert_everybody_can_use(desk)
    sheet.get_by_role("button", name="各機関で1人").click()
    expect(desk.locator(f"{message} .ask-form")).to_be_hidden()

    button = phone.locator(message).get_by_role("button", name="確認しました")
    expect(button).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    button.click()

    expect(button).to_be_hidden()
    expect(phone.locator(f"{message} .ask-settled")).to_contain_text("所属機関で確認済み")
    expect(desk.locator(f"{message} .ask-count")).to_have_text("1 / 2")
    desk.locator(f"{message} .ask-list").click()
    expect(desk.get_by_role("heading", name="1 / 2 機関が確認済み")).to_be_visible()
    assert_everybody_can_use(desk)
    assert_fits(desk)
    desk.get_by_role("button", name="未確認の人に再度お願いする").click()
    expect(desk.get_by_text("1人に再度のお願いを送りました。")).to_be_visible()


def test_what_waits_is_counted_in_the_list_and_confirmed_there(people, on_phone, on_desk):
    desk, phone = opened(on_desk(people.sato), people), on_phone(people.tanaka)
    desk.locator(".message[data-number='1'] .message-more").click()
    sheet = desk.locator("dialog.sheet[open]")
    sheet.get_by_text("確認をお願いする").click()
    sheet.get_by_role("button", name="全員").click()
    expect(desk.locator(".message[data-number='1'] .ask")).to_be_visible()

    phone.goto(f"{ROOMS}to-confirm/")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    phone.get_by_role("button", name="確認しました").click()

    expect(phone.get_by_text("確認待ちのメッセージはありません。")).to_be_visible()


def test_two_of_an_office_see_the_same_inbox_and_the_second_reads_who_has_it(people, on_phone, on_desk):
    yoshida = makers.make_member(people.aozora, name="吉田 空", kana="よしだ そら")
    makers.make_membership(people.room, yoshida)
    message = message_for(people.sato, people.room.pk, 1)
    desk, phone = on_desk(yoshida), opened(on_phone(people.suzuki), people)
    desk.goto(f"{ROOMS}office/")
    assert_everybody_can_use(desk)
    until_listening(people.room, 2)
    actions.need_somebody(message=message, organization=people.aozora, by=people.sato)
    expect(desk.get_by_text("担当者会議は水曜の15時")).to_be_visible()
    line = phone.locator(".message[data-number='1'] .handling")
    expect(line).to_contain_text("担当者が必要です")
    assert_everybody_can_use(phone)
    assert_fits(phone)

    desk.get_by_role("button", name="担当する").click()

    expect(line).to_contain_text("吉田 空さんが担当しています")
    expect(desk.get_by_role("button", name="完了にする")).to_be_visible()
    assert_fits(desk)
    phone.goto(f"{ROOMS}office/")
    expect(phone.get_by_text("吉田 空さんが担当しています")).to_be_visible()
    expect(phone.get_by_role("button", name="担当する")).to_have_count(0)
    assert_everybody_can_use(phone)
    assert_fits(phone)
