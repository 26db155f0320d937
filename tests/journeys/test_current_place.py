"""One tells where one is: by a press, seen in the text before it is sent, and shown as a card."""

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import make_habits

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    """sato and the desk share hana's room."""
    makers.make_membership(cast.room, cast.tanaka)
    for name in ("sato", "tanaka"):
        make_habits(cast[name], can_undo=False)
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def test_the_current_place_is_told_by_a_press_and_shown_as_a_card(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 39.286812, "longitude": 141.113249})

    phone.locator(".composer-more").click()
    expect(phone.locator("current-place")).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    phone.locator("current-place button").click()
    field = phone.locator("message-composer textarea")
    expect(field).to_have_value("現在地 geo:39.2868,141.1132")
    field.press("End")
    field.press_sequentially(" 玄関前に着きました")
    phone.locator("message-composer button[type=submit]").click()

    for page in (phone, desk):
        card = page.locator(".message[data-number='1'] .place")
        expect(card.locator(".place-here")).to_have_attribute("href", "geo:39.2868,141.1132")
        expect(card.locator(".place-map")).to_have_attribute("href", "https://maps.gsi.go.jp/#17/39.2868/141.1132/")
        expect(card).to_contain_text("国土地理院")
        assert_everybody_can_use(page)
        assert_fits(page)


def test_where_the_position_is_not_open_a_sentence_says_what_to_do(people, on_desk):
    desk = opened(on_desk(people.sato), people)

    desk.locator("current-place button").click()

    expect(desk.locator("#announcements")).to_contain_text("位置情報")
    expect(desk.locator("#announcements")).to_contain_text("許可")
    expect(desk.locator("message-composer textarea")).to_have_value("")
