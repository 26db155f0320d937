"""A message goes to another room: chosen from its sheet, checked for who is there, and sent only when it is clear."""

import pytest
from playwright.sync_api import expect

from apps.rooms.models import Message
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import say

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def theme(transactional_db, cast):
    """sato is in hana's room, and in a theme room with somebody of another office and a guest."""
    say(cast.room, cast.suzuki, "本日訪問しました。血圧は132/78、食欲もあり、お変わりありません。")
    return makers.make_room(members=[cast.sato, cast.takahashi, cast.matsumoto], title="地域の事例検討会")


def in_theme(theme):
    return Message.objects.filter(room=theme)


def checked(page, cast):
    """From the message's sheet to the page that shows who is there."""
    page.goto(f"{ROOMS}{cast.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    page.locator(".message[data-number='1'] .message-more").click()
    page.locator("dialog.sheet[open]").get_by_role("link", name="転送").click()
    expect(page.get_by_role("heading", name="転送先のルーム")).to_be_visible()
    assert_fits(page)
    page.get_by_role("searchbox").fill("事例")
    page.get_by_role("button", name="検索", exact=True).click()
    page.get_by_role("button", name="地域の事例検討会").click()
    expect(page.get_by_role("heading", name="転送前の確認")).to_be_visible()
    return page


def test_who_is_there_is_seen_before_it_leaves_the_clients_room(theme, cast, on_phone):
    page = checked(on_phone(cast.sato), cast)

    stranger = page.locator(".list-row", has_text="髙𣘺 みどり")
    expect(stranger).to_contain_text("この利用者の支援チーム外")
    expect(page.locator(".list-row", has_text="松本 翔")).to_contain_text("ゲスト")
    page.get_by_label("ひとこと").fill("事例として共有します。")
    page.get_by_role("button", name="転送", exact=True).click()
    expect(page.locator(".notification[data-tone=error]")).to_be_visible()
    expect(page.get_by_label("ひとこと")).to_have_value("事例として共有します。")
    assert_everybody_can_use(page)
    assert_fits(page)
    assert not in_theme(theme).exists()

    page.get_by_label("このルームに送ってよい内容であることを確認しました。").check()
    page.get_by_role("button", name="転送", exact=True).click()

    message = page.locator(".message[data-number='1']")
    expect(message).to_contain_text("事例として共有します。")
    expect(message).to_contain_text("【転送】")
    expect(message).to_contain_text("お変わりありません")
    expect(page.locator("room-stream").get_by_text("佐々木")).to_have_count(0)
    assert in_theme(theme).count() == 1
