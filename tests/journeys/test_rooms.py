"""Rooms for a theme and for two, opened in one hand on a phone and seen at once on a desk."""

import pytest
from playwright.sync_api import Route, expect

from apps.rooms.models import TalkRoom
from tests.browsing import assert_everybody_can_use, assert_fits

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def people(transactional_db, cast):
    return cast


def test_a_theme_room_is_opened_on_a_phone_and_stands_in_the_list_on_a_desk(people, on_phone, on_desk):
    desk = on_desk(people.takahashi)
    desk.goto(f"{BASE}rooms/")
    expect(desk.locator(".room-row")).to_have_count(0)
    phone = on_phone(people.sato)
    phone.goto(f"{BASE}rooms/new/?kind=group")
    phone.locator("input[name=title]").fill("事業所連絡会")
    search = phone.locator("input[name=q]")
    for name, person in (("たかはし", people.takahashi), ("鈴木", people.suzuki)):
        search.fill(name)
        expect(phone.locator(".choice input[name=members]")).to_have_count(1)
        phone.locator(f"#pick-{person.pk}").check()
        expect(phone.locator(".picked-person").filter(has_text=person.name)).to_be_visible()
    expect(phone.locator(".picked-person")).to_have_count(2)
    phone.locator(".picked-person").filter(has_text=people.suzuki.name).click()
    expect(phone.locator(".picked-person")).to_have_count(1)
    assert_everybody_can_use(phone)
    assert_fits(phone)

    phone.locator("button[name=open]").click()
    expect(phone.locator("h1")).to_contain_text("事業所連絡会")

    expect(desk.locator(".room-row")).to_have_count(1)
    expect(desk.locator(".room-row")).to_contain_text("事業所連絡会")
    assert TalkRoom.objects.get(kind="group").memberships.count() == 2


def test_one_press_begins_a_talk_of_two_that_is_called_for_the_other(people, on_phone):
    phone = on_phone(people.sato)
    phone.goto(f"{BASE}rooms/")
    phone.locator("a[href$='/rooms/new/']").click()
    phone.locator("input[name=q]").fill("すずき")
    row = phone.locator(".pair-row")
    expect(row).to_have_count(1)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    row.click()

    expect(phone.locator("h1")).to_have_text(people.suzuki.name)


def test_a_name_typed_before_the_scripts_stand_is_looked_for_all_the_same(people, on_phone):
    phone = on_phone(people.sato)
    held: list[Route] = []
    phone.route("**/htmx-2*.js", lambda script: held.append(script))
    phone.goto(f"{BASE}rooms/new/?kind=pair", wait_until="commit")
    phone.locator("input[name=q]").fill("すずき")
    expect(phone.locator(".pair-row").nth(1)).to_be_visible()

    for script in held:
        script.continue_()

    expect(phone.locator(".pair-row")).to_have_count(1)
