"""Minutes are written at the desk, ticked on the phone and at the desk at once, and nothing of anybody's is lost."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import expect

from apps.notes.access import note_for
from apps.notes.models import NoteVersion
from apps.rooms import actions
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.notes.makers import make_note

BASE = "/e/sakuragawa-care/"
WEEK = "| 曜日 | 時間 | サービス | 担当 |\n| 月 | 10:00 | 訪問看護 | あおぞら訪問看護ステーション |\n| 水 | 15:00 | 担当者会議 | 全員 |\n"
TEXT = f"# 今週の予定\n{WEEK}\n## やること\n- [ ] 主治医に浮腫のことを伝える\n- [ ] ご長女に会議の時間を知らせる\n\n変更は **前日まで** に書いてください。"


@pytest.fixture
def people(transactional_db, cast):
    return cast


def test_a_note_is_written_ticked_by_two_and_saved_by_two_at_once(people, on_phone, on_desk):
    desk, phone = on_desk(people.sato), on_phone(people.suzuki)
    desk.goto(f"{BASE}rooms/{people.room.pk}/")
    desk.get_by_role("link", name="ノート").click()
    expect(desk.get_by_text("ノートはまだありません。")).to_be_visible()
    assert_everybody_can_use(desk)
    picture(desk, "empty-desk")
    desk.get_by_role("link", name="新しいノート").first.click()
    desk.get_by_role("link", name="議事録").click()
    expect(desk.get_by_label("題名")).to_have_value("会議の議事録")
    assert_everybody_can_use(desk)
    picture(desk, "new-desk")
    desk.get_by_label("題名").fill("今週の予定")
    desk.get_by_label("本文").fill(TEXT)
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_role("cell", name="訪問看護", exact=True)).to_be_visible()

    phone.goto(f"{BASE}rooms/{people.room.pk}/notes/1/")
    phone.get_by_role("button", name="ご長女に会議の時間を知らせる").click()
    expect(phone.get_by_role("button", name="ご長女に会議の時間を知らせる", pressed=True)).to_be_visible()
    desk.get_by_role("button", name="主治医に浮腫のことを伝える").click()
    expect(desk.locator("button.note-tick[aria-pressed=true]")).to_have_count(2)
    for page, name in ((settled(phone), "phone"), (settled(desk), "desk")):
        assert_everybody_can_use(page)
        assert_fits(page)
        picture(page, f"note-{name}")

    phone.get_by_role("link", name="編集").click()
    desk.get_by_role("link", name="編集").click()
    assert_fits(phone)
    desk.get_by_label("本文").fill(f"{TEXT}\n佐藤が書きました。")
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_text("佐藤が書きました。")).to_be_visible()
    phone.get_by_label("本文").fill(f"{TEXT}\n鈴木も書きました。")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_role("alert")).to_contain_text("ほかの人がこのノートを保存しました")
    expect(phone.locator(".note-line[data-kind=gone]")).to_contain_text("佐藤が書きました。")
    expect(phone.get_by_label("本文")).to_have_value(f"{TEXT}\n鈴木も書きました。")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "both-phone")
    phone.get_by_label("本文").fill(f"{TEXT}\n佐藤が書きました。\n鈴木も書きました。")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("鈴木も書きました。")).to_be_visible()

    note = note_for(people.sato, people.room.pk, 1)
    assert note.newest.number == 5
    assert "佐藤が書きました。\n鈴木も書きました。" in note.newest.body


def test_what_a_note_said_before_is_compared_and_stands_again(people, on_phone, on_desk):
    desk, phone = on_desk(people.sato), on_phone(people.sato)
    desk.goto(f"{BASE}rooms/{people.room.pk}/notes/new/")
    desk.get_by_label("題名").fill("今週の予定")
    desk.get_by_label("本文").fill(TEXT)
    desk.get_by_role("button", name="保存").click()
    desk.get_by_role("link", name="編集").click()
    desk.get_by_label("本文").fill(TEXT.replace("15:00", "16:00"))
    desk.get_by_label("変更の内容").fill("主治医の都合")
    desk.get_by_role("button", name="保存").click()
    desk.get_by_role("button", name="全員の一覧の先頭にピン留め").click()
    expect(desk.get_by_role("button", name="ピン留めを外す")).to_be_visible()
    desk.get_by_role("link", name="第2版").click()
    expect(desk.get_by_text("主治医の都合")).to_be_visible()
    assert_everybody_can_use(desk)
    picture(desk, "history-desk")

    phone.goto(f"{BASE}rooms/{people.room.pk}/notes/1/versions/2/")
    expect(phone.locator(".note-line ins")).to_contain_text("16:00")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "version-phone")
    phone.goto(f"{BASE}rooms/{people.room.pk}/notes/1/versions/1/")
    phone.get_by_role("button", name="この版に戻す").click()
    expect(phone.get_by_role("cell", name="15:00")).to_be_visible()
    phone.get_by_role("button", name="保管する").click()
    expect(phone.get_by_role("button", name="保管から戻す")).to_be_visible()
    phone.goto(f"{BASE}rooms/{people.room.pk}/notes/?show=archived")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "archived-phone")

    assert NoteVersion.objects.filter(kind="returned", returned_to=1).count() == 1


def test_a_task_is_given_with_a_day_and_done_by_whoever_has_it(people, on_phone, on_desk):
    make_note(people.room, by=people.sato)
    late = timezone.localdate() - timedelta(days=2)
    desk, phone = on_desk(people.sato), on_phone(people.suzuki)
    desk.goto(f"{BASE}rooms/{people.room.pk}/notes/1/")
    for what in ("主治医に浮腫の経過を伝える", "会議室を予約する"):
        desk.get_by_role("link", name="タスクを追加").click()
        desk.get_by_label("すること").fill(what)
        desk.get_by_label("担当者").select_option(str(people.suzuki.pk))
        desk.get_by_label("期限").fill(late.isoformat())
        if what == "会議室を予約する":
            assert_everybody_can_use(desk)
            picture(desk, "task-desk")
        desk.get_by_role("button", name="保存する").click()
    expect(desk.get_by_text("2日超過")).to_have_count(2)
    assert_everybody_can_use(desk)
    picture(desk, "tasks-desk")

    phone.goto(f"{BASE}rooms/")
    phone.get_by_role("button", name="ほかの一覧と設定").click()
    phone.get_by_role("link", name="自分のタスク").click()
    expect(phone.get_by_text("2日超過")).to_have_count(2)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "own-phone")
    phone.get_by_role("button", name="会議室を予約する").click()
    expect(phone.get_by_text("2日超過")).to_have_count(1)

    phone.goto(f"{BASE}rooms/{people.room.pk}/notes/1/")
    expect(phone.get_by_text("鈴木 一郎が完了")).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "tasks-phone")


def heard(page):
    """From now on everything is heard."""
    expect(page.locator("open-notes[data-state=live]")).to_be_visible()


def test_what_one_does_with_notes_stands_on_the_other_screen_by_itself(people, on_phone, on_desk):
    room = f"{BASE}rooms/{people.room.pk}/notes/"
    desk, phone = on_desk(people.sato), on_phone(people.suzuki)
    desk.goto(room)
    expect(desk.get_by_text("ノートはまだありません。")).to_be_visible()
    heard(desk)
    phone.goto(f"{room}new/")
    phone.get_by_label("題名").fill("今週の予定")
    phone.get_by_label("本文").fill("- [ ] 主治医に電話する")
    phone.get_by_role("button", name="保存").click()

    desk.get_by_role("link", name="今週の予定").click()
    heard(desk)
    phone.get_by_role("button", name="主治医に電話する").click()
    expect(desk.get_by_role("button", name="主治医に電話する", pressed=True)).to_be_visible()
    phone.get_by_role("link", name="タスクを追加").click()
    phone.get_by_label("すること").fill("報告書を送る")
    phone.get_by_role("button", name="保存").click()
    expect(desk.get_by_text("報告書を送る", exact=True)).to_be_visible()
    # What came by itself works as what was there before.
    desk.get_by_role("button", name="主治医に電話する").click()
    expect(desk.get_by_role("button", name="主治医に電話する", pressed=False)).to_be_visible()
    assert_everybody_can_use(desk)

    with scope(environment=people.environment):
        actions.remove(member=people.sato, room=people.room, by=people.suzuki)
    expect(desk.get_by_text("報告書を送る", exact=True)).to_have_count(0)


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=f"{folder}/{name}-dark.png")
        page.emulate_media(color_scheme="light")
        if name == "note-desk":
            page.emulate_media(media="print")
            page.screenshot(path=f"{folder}/{name}-print.png")
            page.emulate_media(media="screen")
