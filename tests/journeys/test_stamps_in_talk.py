"""One answers with a stamp, in two presses on a phone and by keyboard on a desk; what is typed stays in the field."""

import pytest
from playwright.sync_api import expect

from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import make_habits

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    """sato and the desk share hana's room; only the desk can take back what it sends."""
    makers.make_membership(cast.room, cast.tanaka)
    make_habits(cast.sato, can_undo=False)
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def test_a_stamp_is_put_in_on_a_phone_and_on_a_desk_and_the_draft_stays(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.tanaka), people)
    field = phone.locator("message-composer textarea")
    field.fill("明日の訪問は")

    phone.locator(".composer-more").click()
    expect(phone.locator(".stamps-open")).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    phone.locator(".stamps-open").click()
    choices = phone.locator(".stamp-choices button")
    expect(choices).to_have_count(8)
    expect(choices.first).to_be_focused()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    for one in choices.all():
        box = one.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    phone.get_by_role("button", name="到着しました").click()

    expect(phone.locator("#stamps")).to_be_hidden()
    expect(field).to_have_value("明日の訪問は")
    for page in (phone, desk):
        expect(page.locator(".message[data-number='1']").get_by_role("img", name="到着しました")).to_be_visible()
        assert_everybody_can_use(page)
        assert_fits(page)

    # By keyboard alone: opened, left, opened again, chosen, and taken back.
    door, written = desk.get_by_role("button", name="スタンプ"), desk.locator("message-composer textarea")
    written.fill("お待ちして")
    door.press("Enter")
    expect(desk.locator(".stamp-choices button").first).to_be_focused()
    assert_everybody_can_use(desk)
    assert_fits(desk)
    desk.keyboard.press("Escape")
    expect(desk.locator("#stamps")).to_be_hidden()
    expect(door).to_be_focused()
    door.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="お疲れさまです")).to_be_focused()
    desk.keyboard.press("Enter")
    waiting = desk.locator("waiting-message")
    expect(waiting.get_by_role("img", name="お疲れさまです")).to_be_visible()
    assert_everybody_can_use(desk)
    waiting.locator("form[data-deed=removal] button").click()
    expect(waiting).to_have_count(0)
    expect(written).to_have_value("お待ちして")
