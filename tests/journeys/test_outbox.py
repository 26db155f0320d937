"""Written without a network, in a browser that is then closed: what was sent arrives, once and in order (journey A2)."""

import io
import os
import time

import pytest
from django_scopes import scope
from PIL import Image
from playwright.sync_api import expect

from apps.files.models import StoredFile
from apps.rooms import actions
from apps.rooms.models import Message
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.files import sending
from tests.live import PATIENCE

SENDING = "**/messages/"
FIRST, SECOND = "玄関の手すりがゆるんでいます。", "写真を送ります。"
# What is in the outbox of this browser, as bytes.
KEPT = """async () => {
    const open = indexedDB.open("carenet-outbox", 1)
    await new Promise((done) => (open.onsuccess = done))
    if (!open.result.objectStoreNames.length) return []
    const asked = open.result.transaction("entries").objectStore("entries").getAll()
    await new Promise((done) => (asked.onsuccess = done))
    open.result.close()
    const parts = asked.result.flatMap(({ words, files }) => [words, ...files.flatMap((one) => Object.values(one))])
    return parts.map(({ bytes }) => new TextDecoder().decode(bytes))
}"""


@pytest.fixture
def people(transactional_db, cast, watch):
    watch.forgive("ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|Failed to fetch")
    with scope(environment=cast.environment):
        actions.keep_habits(can_undo=False, send_key="ctrl_enter", by=cast.sato)
        yield cast


def room_of(people) -> str:
    return f"/e/{people.environment.slug}/rooms/{people.room.pk}/"


def today(people) -> str:
    return f"/e/{people.environment.slug}/"


def photo(side=4000) -> bytes:
    """As heavy as that of a phone, with the place where it was taken."""
    noise = Image.frombytes("RGB", (side // 8, side // 8), os.urandom(3 * (side // 8) ** 2))
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    buffer = io.BytesIO()
    noise.resize((side, side)).save(buffer, "JPEG", quality=95, exif=exif)
    return buffer.getvalue()


def write(page, text, *files):
    if files:
        page.locator("input[name=uploads][multiple]").set_input_files(list(files))
        expect(page.locator(".tray-row")).to_have_count(len(files))
    page.locator(".composer textarea").fill(text)
    page.locator(".composer button[type=submit]").click()
    expect(page.locator(".message", has_text=text)).to_contain_text("接続待ち")


def cut_off(on_phone, people, *written, files=()):
    """A phone in the room without a network, whose browser is closed with what was sent still waiting."""
    phone = on_phone(people.sato)
    phone.goto(room_of(people))
    settled(phone)
    phone.context.set_offline(True)
    for text in written[:-1]:
        write(phone, text)
    write(phone, written[-1], *files)
    # What is said to wait is on the device: the browser may go at once.
    other = phone.context.new_page()
    # A page that is closed gets its network back before its scripts end, and may try once more in that moment.
    phone.context.route(SENDING, lambda route: route.abort())
    phone.goto("about:blank")
    phone.close()
    return other


def connect(phone):
    """The network is there again."""
    phone.context.unroute(SENDING)
    phone.context.set_offline(False)


def until_nothing_is_kept(page):
    until = time.monotonic() + PATIENCE
    while page.evaluate(KEPT):
        assert time.monotonic() < until, "Something is still kept on the device."
        page.wait_for_timeout(50)


def bodies(people):
    return list(Message.objects.filter(room=people.room).order_by("number").values_list("body", flat=True))


def test_what_was_sent_without_a_network_arrives_in_order_and_once(on_phone, on_desk, people):
    desk = on_desk(people.suzuki)
    desk.goto(room_of(people))
    pictures = [
        {"name": "手すり.jpg", "mimeType": "image/jpeg", "buffer": photo()},
        {"name": "IMG_0012.HEIC", "mimeType": "image/heic", "buffer": sending.heic((800, 600))},
    ]
    before = bodies(people)
    phone = cut_off(on_phone, people, FIRST, SECOND, files=pictures)

    connect(phone)
    phone.goto(today(people))

    expect(desk.locator(".message", has_text=SECOND)).to_be_visible()
    expect(desk.locator(".message", has_text=SECOND).locator(".attachment-card, .attachment")).to_have_count(2)
    until_nothing_is_kept(phone)
    phone.goto(room_of(people))
    expect(phone.locator(".message", has_text=SECOND)).to_have_count(1)
    assert bodies(people) == [*before, FIRST, SECOND]
    sent = StoredFile.objects.get(name="手すり.jpg")
    assert sent.size < len(pictures[0]["buffer"]) / 2


def test_what_waits_is_unreadable_on_the_device_and_goes_with_signing_out(on_phone, people):
    phone = cut_off(on_phone, people, FIRST)
    phone.context.set_offline(False)
    phone.goto(today(people))

    expect(phone.locator(".unsent")).to_contain_text("この端末で送信を待っています")
    assert_fits(phone)
    assert_everybody_can_use(phone)
    kept = phone.evaluate(KEPT)
    assert len(kept) == 1
    assert FIRST not in "".join(kept)
    phone.context.clear_cookies()
    phone.goto(today(people))
    expect(phone.locator("input[name=login]")).to_be_visible()
    until_nothing_is_kept(phone)
    assert FIRST not in bodies(people)


def test_what_needs_its_author_says_so_and_waits_in_its_room(on_phone, people):
    tome = makers.make_client(people.environment, seats=[people.hidamari], name="遠藤 トメ", kana="えんどう とめ")
    makers.make_consent(tome, by=people.sato, organizations=[people.hidamari])
    phone = cut_off(on_phone, people, "遠藤様のお宅へ伺いました。")
    connect(phone)
    phone.goto(today(people))

    expect(phone.locator(".unsent")).to_contain_text("確認が必要なメッセージ")
    phone.locator(".unsent a").click()
    expect(phone.get_by_role("dialog")).to_contain_text("遠藤 トメ")
    phone.keyboard.press("Escape")
    expect(phone.locator(".composer textarea")).to_have_value("遠藤様のお宅へ伺いました。")
    until_nothing_is_kept(phone)


def test_a_page_of_the_room_goes_on_where_a_closed_one_was(on_phone, people):
    phone = cut_off(on_phone, people, FIRST)
    connect(phone)

    phone.goto(room_of(people))

    expect(phone.locator(".message[data-number]", has_text=FIRST)).to_be_visible()
    assert bodies(people).count(FIRST) == 1
