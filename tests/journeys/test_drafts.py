"""What is begun on the phone is gone on with at the desk, and is nowhere once it was sent."""

import pytest
from playwright.sync_api import expect

from tests.browsing import assert_everybody_can_use
from tests.saying import make_habits, say

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    say(cast.room, cast.suzuki, "明日は何時ですか。")
    make_habits(cast.sato, can_undo=False)
    return cast


def test_a_draft_goes_from_the_phone_to_the_desk_and_is_emptied_by_sending(people, on_phone, on_desk):
    phone, desk = on_phone(people.sato), on_desk(people.sato)
    desk.goto(ROOMS)
    row = desk.locator(f".room-row[data-room='{people.room.pk}']")
    expect(row).to_be_visible()
    phone.goto(f"{ROOMS}{people.room.pk}/?answer=1")
    expect(phone.locator("room-stream[data-state=live]")).to_be_visible()
    phone.locator("message-composer textarea").press_sequentially("10時に参り")
    expect(row).to_contain_text("下書き")
    assert_everybody_can_use(desk)

    row.click()
    field = desk.locator("message-composer textarea")
    expect(field).to_have_value("10時に参り")
    expect(desk.locator("answer-bar")).to_contain_text("明日は何時ですか。")
    expect(desk.locator("room-stream[data-state=live]")).to_be_visible()
    field.fill("10時に参ります。")
    desk.locator("message-composer button[type=submit]").click()

    expect(desk.locator(".message[data-number='2'] .quote")).to_contain_text("明日は何時ですか。")
    expect(desk.locator(".room-row .room-draft")).to_have_count(0)
    desk.reload()
    expect(desk.locator("message-composer textarea")).to_have_value("")
