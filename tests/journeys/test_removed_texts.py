"""Journey: an auditor with a basis in law reads what was deleted, on both sizes."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.audit.models import Entry
from apps.rooms import actions as rooms
from apps.rooms.access import message_for
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import say


@pytest.fixture
def deleted(transactional_db, cast):
    for number, body in enumerate(("血圧は182です。\n明日また測ります。", "別の方の連絡でした。"), start=1):
        say(cast.room, cast.suzuki, body)
        if number == 1:
            rooms.edit(message=message_for(cast.suzuki, cast.room.pk, 1), body="血圧は132です。", by=cast.suzuki)
        rooms.remove_message(message=message_for(cast.suzuki, cast.room.pk, number), by=cast.suzuki)
    until = timezone.now() + timedelta(hours=1)
    makers.make_inspection(cast.hana, by=cast.ishii, opened_at=timezone.now(), closes_at=until)
    return cast


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_an_auditor_reads_what_was_deleted_one_by_one(deleted, on_phone, on_desk, size):
    page = (on_phone if size == "phone" else on_desk)(deleted.ishii)
    page.goto(f"/e/sakuragawa-care/clients/{deleted.hana.pk}/inspection/")
    page.get_by_role("link", name="削除されたメッセージを表示").click()
    expect(page.get_by_role("button", name="内容を読む")).to_have_count(2)
    assert_everybody_can_use(page)
    assert_fits(page)
    page.get_by_role("button", name="内容を読む").last.click()
    expect(page.get_by_text("血圧は132です。")).to_be_visible()
    expect(page.get_by_text("別の方の連絡でした。")).to_have_count(0)
    assert_everybody_can_use(page)
    assert_fits(page)
    picture(page, f"removed-{size}")

    assert Entry.objects.filter(verb="rooms.removed_text_read").count() == 1


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_admin_says_how_long_it_is_kept_and_why(cast, transactional_db, on_phone, on_desk, size):
    page = (on_phone if size == "phone" else on_desk)(cast.ito)
    page.goto("/e/sakuragawa-care/rooms/")
    page.get_by_role("button", name="ほかの一覧と設定").click()
    page.get_by_role("link", name="削除された内容の保存期間").click()
    expect(page.get_by_label("支援記録の年数")).to_have_value("5")
    page.get_by_label("支援記録の年数").fill("1")
    page.get_by_label("理由").fill("市の文書管理規程")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_label("支援記録の年数")).to_have_attribute("aria-invalid", "true")
    picture(page, f"retention-refused-{size}")
    page.get_by_label("支援記録の年数").fill("7")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("支援記録 7年、事務連絡 1年")).to_be_visible()
    assert_everybody_can_use(page)
    assert_fits(page)
    picture(page, f"retention-{size}")


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_an_auditor_opens_a_talk_of_two_by_a_name_and_reads_what_was_deleted(
    cast, transactional_db, on_phone, on_desk, size
):
    makers.make_room(members=[cast.sato], title="佐藤さんを囲む会")
    pair = rooms.open_pair(other=cast.sato, by=cast.suzuki)
    say(pair, cast.suzuki, "別の方の連絡でした。")
    rooms.remove_message(message=message_for(cast.suzuki, pair.pk, 1), by=cast.suzuki)
    page = (on_phone if size == "phone" else on_desk)(cast.ishii)
    page.goto("/e/sakuragawa-care/rooms/")
    page.get_by_role("button", name="ほかの一覧と設定").click()
    page.get_by_role("link", name="トークルームの監査").click()
    page.get_by_text("個人情報保護法66条").click()
    page.get_by_role("textbox", name="文書番号など").fill("監査 2026-3")
    page.get_by_role("textbox", name="トークルーム").fill("佐藤")
    page.get_by_role("button", name="検索").click()
    expect(page.get_by_text("佐藤さんを囲む会")).to_be_visible()
    assert_everybody_can_use(page)
    assert_fits(page)
    picture(page, f"inspect-room-{size}")
    page.get_by_role("radio", name="鈴木").check()
    page.get_by_role("button", name="削除されたメッセージを表示").click()
    page.get_by_role("button", name="内容を読む").click()
    expect(page.get_by_text("別の方の連絡でした。")).to_be_visible()
    assert_everybody_can_use(page)
    assert_fits(page)
    picture(page, f"inspected-room-{size}")


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{folder}/{name}-dark.png")
        page.emulate_media(color_scheme="light")
