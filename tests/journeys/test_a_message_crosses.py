"""A care manager on a phone and the welfare desk on a PC talk in a client's room."""

import re

import pytest
from playwright.sync_api import expect

from apps.clients import actions as clients
from apps.clients.models import Seat
from apps.rooms import actions, queries
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.live import until_listening
from tests.saying import make_habits, say

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    """sato and the desk share hana's room, and what they write goes out at once."""
    makers.make_membership(cast.room, cast.tanaka)
    for one in (cast.sato, cast.tanaka):
        make_habits(one, can_undo=False)
    return cast


def room_of(people) -> str:
    return f"{ROOMS}{people.room.pk}/"


def write(page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.locator("message-composer button[type=submit]").click()


def live(page):
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def test_two_people_talk_live_on_phone_and_desk(people, on_phone, on_desk):
    phone, desk = on_phone(people.sato), on_desk(people.tanaka)
    phone.goto(room_of(people))
    desk.goto(room_of(people))
    live(phone), live(desk)

    write(phone, "本日訪問しました。\n食欲も戻っています。")
    expect(desk.locator(".message-body")).to_have_text("本日訪問しました。\n食欲も戻っています。")
    expect(phone.locator(".message[data-number='1'][data-mine]")).to_be_visible()
    write(desk, "ありがとうございます。")

    expect(phone.locator(".message-body").last).to_have_text("ありがとうございます。")
    expect(phone.locator("[data-pending]")).to_have_count(0)
    expect(desk.locator(".message")).to_have_count(2)
    for page in (phone, desk):
        assert_everybody_can_use(page)
        assert_fits(page)


def test_ctrl_enter_sends_from_the_keyboard(people, on_desk):
    desk = on_desk(people.tanaka)
    desk.goto(room_of(people))
    live(desk)

    desk.get_by_role("textbox").press_sequentially("キーボードから")
    desk.keyboard.press("Control+Enter")

    expect(desk.locator(".message[data-number='1']")).to_contain_text("キーボードから")


def test_the_list_counts_what_is_unread_and_reading_clears_it_on_every_screen(people, on_phone, on_desk):
    phone, desk = on_phone(people.sato), on_desk(people.sato)
    phone.goto(ROOMS)
    desk.goto(ROOMS)
    row = f".room-row[data-room='{people.room.pk}']"
    expect(phone.locator(row)).to_be_visible()
    # Live: the first sign changes the list without a reload.
    until_listening(people.room, 2)
    say(people.room, people.tanaka)
    expect(phone.locator(f"{row} .badge")).to_contain_text("1")
    expect(desk.locator(f"{row} .badge")).to_contain_text("1")

    phone.locator(row).click()
    expect(phone.locator(".message")).to_be_visible()

    expect(desk.locator(f"{row} .badge")).to_have_count(0)


def test_without_websocket_messages_arrive_by_polling(people, on_desk, watch):
    watch.forgive("WebSocket")
    desk = on_desk(people.tanaka)
    desk.route_web_socket(re.compile("/ws/"), lambda line: line.close())
    desk.goto(room_of(people))
    expect(desk.locator("room-stream[data-state=polling]")).to_be_visible()

    say(people.room, people.sato, "閉域網にも届く")

    expect(desk.locator(".message-body")).to_have_text("閉域網にも届く")
    write(desk, "こちらからも")
    expect(desk.locator(".message[data-number='2'][data-mine]")).to_be_visible()


def test_a_lost_network_keeps_what_was_written_and_sends_it_once_in_order(people, on_phone, watch):
    watch.forgive("ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch")
    phone = on_phone(people.sato)
    phone.goto(room_of(people))
    live(phone)

    phone.context.set_offline(True)
    write(phone, "一通目")
    write(phone, "二通目")
    expect(phone.locator("[data-pending]")).to_have_count(2)
    phone.context.set_offline(False)

    expect(phone.locator("[data-pending]")).to_have_count(0)
    assert [one.body for one in people.room.messages.all()] == ["一通目", "二通目"]
    expect(phone.locator(".message-body")).to_have_text(["一通目", "二通目"])


def test_lost_access_empties_the_open_screen_at_once(people, on_phone):
    say(people.room, people.sato, "ここだけの話")
    phone = on_phone(people.suzuki)
    phone.goto(room_of(people))
    live(phone)
    expect(phone.locator(".message-body")).to_have_text("ここだけの話")

    clients.end_seat(seat=Seat.objects.get(organization=people.aozora), by=people.sato)

    expect(phone.locator(".client-closed")).to_be_visible()
    assert "ここだけの話" not in phone.content()
    assert phone.goto(room_of(people)).status == 404


def test_removal_from_the_people_page_closes_the_room_for_the_one_who_was_removed(people, on_phone, on_desk):
    phone, desk = on_phone(people.tanaka), on_desk(people.sato)
    phone.goto(room_of(people))
    live(phone)
    desk.goto(f"{room_of(people)}people/")
    assert_everybody_can_use(desk)

    row = desk.get_by_role("listitem").filter(has_text="田中 茂")
    row.get_by_role("link").click()
    row.get_by_role("dialog").locator("button[data-kind=danger]").click()

    expect(phone.locator(".room-closed")).to_be_visible()


def test_a_long_room_opens_at_its_end_and_pages_back_without_jumping(people, on_phone):
    for nth in range(70):
        say(people.room, people.sato if nth % 2 else people.tanaka, f"第{nth + 1}信 " + "あ" * 60)
        if nth == 60:
            actions.read_up_to(room=people.room, number=61, by=people.sato)
    actions.read_up_to(room=people.room, number=70, by=people.sato)
    phone = on_phone(people.sato)
    phone.goto(room_of(people))
    expect(phone.locator(".message").last).to_be_in_viewport()

    phone.locator(".older a").click()

    expect(phone.locator(".message")).to_have_count(70)
    assert_fits(phone)


def test_a_client_that_is_closed_leaves_every_open_screen_of_those_who_lose_it(people, on_phone, on_desk):
    page, listed, kept = on_phone(people.suzuki), on_desk(people.suzuki), on_desk(people.sato)
    page.goto(f"/e/sakuragawa-care/clients/{people.hana.pk}/")
    listed.goto("/e/sakuragawa-care/clients/")
    kept.goto(f"/e/sakuragawa-care/clients/{people.hana.pk}/")
    expect(listed.get_by_text("佐々木 ハナ")).to_be_visible()
    for screen in (page, listed, kept):
        screen.wait_for_function("() => document.querySelector('closed-clients')")
    until_listening(people.room, 3)

    clients.end_seat(seat=Seat.objects.get(organization=people.aozora), by=people.sato)

    expect(page.locator(".client-closed")).to_be_visible()
    assert "佐々木 ハナ" not in page.content()
    expect(listed.get_by_text("佐々木 ハナ")).to_have_count(0)
    expect(kept.get_by_role("heading", name="佐々木 ハナ")).to_be_visible()


def test_unread_is_equal_on_phone_and_desk_and_moves_only_when_the_end_was_on_screen(people, on_phone, on_desk):
    for nth in range(40):
        say(people.room, people.tanaka, f"第{nth + 1}信 " + "あ" * 80)
    actions.read_up_to(room=people.room, number=10, by=people.sato)
    phone, desk = on_phone(people.sato), on_desk(people.sato)
    desk.goto(ROOMS)
    phone.goto(room_of(people))
    live(phone)
    expect(phone.locator(".unread-from")).to_be_in_viewport()
    # Opened, connected, and told of something new: it is unread all the same, for the end was not on the screen.
    say(people.room, people.tanaka, "最後の一通")
    expect(phone.locator(".message[data-number='41']")).to_have_count(1)
    badge = "[data-badge=rooms]:visible [data-count]"
    row = desk.locator(f".room-row[data-room='{people.room.pk}'] .badge")
    expect(row).to_contain_text("31")
    expect(desk.locator(badge)).to_have_text("1")
    assert queries.unread_rooms_count(people.sato) == 1

    phone.locator(".to-newest").click()

    expect(row).to_have_count(0)
    expect(desk.locator(badge)).to_have_count(0)
    assert queries.unread_rooms_count(people.sato) == 0


def test_the_sender_sees_live_that_a_message_was_seen_and_by_whom(people, on_phone, on_desk):
    desk, phone = on_desk(people.sato), on_phone(people.tanaka)
    desk.goto(room_of(people))
    live(desk)
    write(desk, "明日の会議の場所が変わりました。")
    mine = desk.locator(".message[data-number='1']")
    expect(mine).to_be_visible()
    assert "既読" not in mine.inner_text()

    phone.goto(room_of(people))

    expect(mine).to_contain_text("既読 1")
    assert "既読" not in phone.locator(".message[data-number='1']").inner_text()
    mine.locator(".message-more").click()
    sheet = desk.locator("dialog.sheet[open]")
    sheet.get_by_role("link", name="既読 1 / 2人").click()
    expect(sheet.get_by_role("heading", name="既読（1人）")).to_be_visible()
    expect(sheet).to_contain_text("田中 茂")
    assert_everybody_can_use(desk)
    assert_fits(desk)
