"""Files are dropped, photographed and sent; they arrive through a broken line, and are seen without being saved."""

import io
import os
import threading
from pathlib import Path

import pytest
from django_scopes import scope
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from apps.files import actions as files
from apps.files.models import StoredFile, Upload
from apps.rooms import actions as rooms
from apps.rooms.models import Attachment
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.clients import scans
from tests.files import sending

SHOTS = os.environ.get("CARENET_SHOTS", "")


@pytest.fixture
def people(transactional_db, cast):
    """Without the ten seconds in which a message can be taken back."""
    with scope(environment=cast.environment):
        for person in (cast.sato, cast.suzuki):
            rooms.keep_habits(can_undo=False, send_key="ctrl_enter", by=person)
    return cast


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def photo(colour) -> bytes:
    picture = Image.new("RGB", (1200, 900), colour)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((300, 200, 900, 800), fill=(250, 240, 220))
    pen.rectangle((100, 600, 1100, 880), fill=(90, 120, 90))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")
    return buffer.getvalue()


def given(name, content, kind="application/octet-stream"):
    return {"name": name, "mimeType": kind, "buffer": content}


def look_at_everything(people):
    """As the worker does, in a process beside the server."""
    with scope(environment=people.environment):
        for file in StoredFile.objects.filter(settled_at=None):
            files.look_at(file_id=file.pk)


def test_files_are_sent_on_a_phone_and_seen_at_once_on_a_desk(people, on_phone, on_desk):
    room = f"/e/sakuragawa-care/rooms/{people.room.pk}/"
    desk = on_desk(people.suzuki)
    desk.goto(room)
    phone = on_phone(people.sato)
    phone.goto(room)
    choose = phone.locator("input[name=uploads][multiple]")
    name = "UPPLAN_202610_0370600017_43_0370600025_15_20261031093000.CSV"
    choose.set_input_files(
        [
            given("IMG_0012.HEIC", sending.heic((1600, 1200))),
            given("歩行の様子.jpg", photo((120, 160, 200))),
            given("サービス計画書.pdf", scans.pdf(pages=3)),
            given(name, b"1,032069\r\n"),
        ]
    )
    expect(phone.locator(".tray-row")).to_have_count(4)
    expect(phone.locator(".tray-row").filter(has_text="届きました")).to_have_count(4)
    shoot(phone, "tray-phone")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    look_at_everything(people)
    expect(phone.locator(".tray-row").filter(has_text="送信できます")).to_have_count(4)
    phone.locator("textarea[name=body]").fill("訪問時の様子と資料です。")

    phone.locator(".composer [type=submit]").click()

    for page in (desk, phone):
        expect(page.locator(".message .attachment")).to_have_count(4)
        expect(page.locator(".message .attachment img")).to_have_count(3)
        for number in range(3):
            picture = page.locator(".message .attachment img").nth(number)
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)
            assert picture.evaluate("one => one.naturalWidth") > 0
    expect(phone.locator(".tray-row")).to_have_count(0)
    shoot(phone, "talk-phone")
    shoot(desk, "talk-desk")
    desk.locator(".attachment").filter(has_text="サービス計画書").click()
    expect(desk.locator("dialog.viewer .viewed-pages img")).to_have_count(3)
    shoot(desk, "viewer-desk")
    assert_everybody_can_use(desk)
    desk.locator("dialog.viewer [data-close]").last.click()
    expect(desk.locator("dialog.viewer")).to_be_hidden()
    assert desk.locator(".viewer-content").inner_html() == ""
    phone.locator(".attachment").nth(1).click()
    expect(phone.locator("dialog.viewer .viewed-picture")).to_be_visible()
    shoot(phone, "viewer-phone")


def test_what_is_looked_at_after_it_was_sent_becomes_readable_on_open_screens(people, on_desk):
    desk = on_desk(people.suzuki)
    desk.goto(f"/e/sakuragawa-care/rooms/{people.room.pk}/")
    other = on_desk(people.sato)
    other.goto(f"/e/sakuragawa-care/rooms/{people.room.pk}/")
    other.locator("input[name=uploads][multiple]").set_input_files([given("様子.jpg", photo((200, 160, 120)))])
    expect(other.locator(".tray-row").filter(has_text="届きました")).to_have_count(1)
    other.locator(".composer [type=submit]").click()
    expect(desk.locator(".attachment-card").filter(has_text="内容を確認しています")).to_be_visible()
    shoot(desk, "waiting-desk")

    look_at_everything(people)

    expect(desk.locator(".attachment img")).to_have_count(1)


def test_an_upload_goes_on_after_the_line_was_broken(people, on_desk, watch):
    watch.forgive("ERR_CONNECTION_RESET")
    desk = on_desk(people.sato)
    desk.goto(f"/e/sakuragawa-care/rooms/{people.room.pk}/")
    content = os.urandom(9 * 1024 * 1024)
    broken = threading.Event()

    def line(route):
        if route.request.method == "PATCH" and int(route.request.headers["upload-offset"]) > 0 and not broken.is_set():
            broken.set()
            route.abort("connectionreset")
        else:
            route.continue_()

    desk.route("**/uploads/**", line)

    desk.locator("input[name=uploads][multiple]").set_input_files([given("音声.mp3", b"ID3" + content)])

    expect(desk.locator(".tray-row").filter(has_text="届きました")).to_have_count(1)
    assert broken.is_set()
    with scope(environment=people.environment):
        upload = Upload.objects.get()
        assert (upload.arrived, upload.pieces.count()) == (len(content) + 3, 3)


def test_what_is_too_much_is_said_and_nothing_is_sent(people, on_phone):
    with scope(environment=people.environment):
        files.set_limits(
            files_per_send=10, megabytes_per_send=1, gigabytes_kept=1, marks_downloads=False, by=people.ito
        )
    phone = on_phone(people.sato)
    phone.goto(f"/e/sakuragawa-care/rooms/{people.room.pk}/")
    choose = phone.locator("input[name=uploads][multiple]")

    choose.set_input_files([given(f"{number}.txt", b"1") for number in range(11)])
    expect(phone.locator(".tray-error")).to_contain_text("10個まで")
    choose.set_input_files([given("a.mp3", b"ID3" + bytes(1024 * 1024))])
    expect(phone.locator(".tray-error")).to_contain_text("1MBまで")
    expect(phone.locator(".tray-row")).to_have_count(0)

    choose.set_input_files([given("計画.docx", sending.word(**{"word/vbaProject.bin": b"x"}))])
    expect(phone.locator(".tray-row").filter(has_text="届きました")).to_have_count(1)
    look_at_everything(people)
    expect(phone.locator(".tray-row[data-failed]")).to_contain_text("マクロ")
    shoot(phone, "refused-phone")
    phone.locator(".tray-cancel").click()
    expect(phone.locator(".tray-row")).to_have_count(0)
    with scope(environment=people.environment):
        assert not Attachment.objects.exists()


def test_the_files_of_a_room_are_listed_and_filtered(people, on_phone, on_desk):
    with scope(environment=people.environment):
        from uuid import uuid4

        kept = [
            sending.sent(photo((120, 160, 200)), "歩行の様子.jpg", by=people.sato),
            sending.sent(scans.pdf(pages=2), "サービス計画書.pdf", by=people.sato),
            sending.sent(b"memo", "申し送り.txt", by=people.sato),
        ]
        rooms.post(room=people.room, body="", client_key=uuid4(), by=people.sato, files=[one.pk for one in kept])
    for page, name in ((on_phone(people.suzuki), "phone"), (on_desk(people.suzuki), "desk")):
        page.goto(f"/e/sakuragawa-care/rooms/{people.room.pk}/files/")
        expect(page.locator(".files-found .list-row")).to_have_count(3)
        assert_everybody_can_use(page)
        assert_fits(page)
        shoot(page, f"files-{name}")
        page.locator("select[name=kind]").select_option("pdf")
        expect(page.locator(".files-found .list-row")).to_have_count(1)
        page.locator(".files-found .list-row").click()
        expect(page.locator("dialog.viewer .viewed-pages img")).to_have_count(2)
