"""A facility marks its free places on a phone, the desk finds them, and a press says that nothing has changed."""

import os

import pytest
from django_scopes import scope
from playwright.sync_api import expect

from apps.facilities import actions
from apps.facilities.models import Facility
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.facilities.makers import make_answer, make_area, make_district, make_facility, make_kind

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def people(transactional_db, cast):
    return cast


@pytest.fixture
def facility(people):
    """takahashi's, for children before school and of primary school; it answered three weeks ago."""
    found = make_facility(
        people.tanaka,
        organization=people.takahashi.organization,
        name="児童発達支援 そよかぜ",
        age_groups=["preschool", "primary"],
        phone="0197000001",
        capacity=10,
    )
    make_answer(found, by=people.takahashi, days_ago=20, cells={"tue.morning.preschool": "ask"})
    return found


def test_free_places_are_marked_on_a_phone_and_found_at_the_desk(people, facility, on_phone, on_desk):
    district = make_district(people.ito, "さくら川小学校区", latitude=39.29, longitude=141.11)
    fax_only = make_facility(
        people.tanaka, name="放課後等デイ ほたる", kind=make_kind("65"), latitude=39.3, longitude=141.2
    )
    make_area(fax_only, district)
    make_answer(
        fax_only,
        by=people.tanaka,
        days_ago=3,
        source="desk",
        is_proxy=True,
        cells={"mon.after_school.primary": 2, "wed.after_school.primary": "full"},
        remarks="見学は平日の午前にお願いします。",
    )
    make_answer(make_facility(people.tanaka, name="児童発達支援 つばめ"), by=people.tanaka, days_ago=40)
    phone, desk = on_phone(people.takahashi), on_desk(people.tanaka)

    phone.goto(f"{BASE}availability/")
    expect(phone.locator(".board > li")).to_have_count(1)
    look(phone, "board-own-phone")
    phone.get_by_role("link", name="空き状況を入力").click()
    monday = phone.get_by_role("button", name="月 午前 未就学")
    expect(monday).to_have_text("–")
    monday.click()
    expect(monday).to_have_text("○")
    monday.click()
    expect(monday).to_have_text("△")
    phone.get_by_role("table", name="未就学").get_by_role("button", name="放課後", exact=True).click()
    expect(phone.get_by_role("button", name="金 放課後 未就学")).to_have_text("○")
    phone.get_by_role("button", name="水 午後 小学生").click()
    phone.get_by_label("空きの人数").fill("3")
    expect(phone.get_by_role("button", name="水 午後 小学生")).to_have_text("3")
    look(phone, "availability-phone")
    with phone.expect_navigation():
        phone.get_by_role("button", name="この内容で回答する").click()
    expect(phone.get_by_text("今日確認")).to_be_visible()
    look(phone, "facility-phone")

    desk.goto(f"{BASE}availability/")
    expect(desk.locator(".board-found [role=status]").first).to_contain_text("2件")
    expect(desk.locator(".board-found [role=status]").first).to_contain_text("30日より前の回答 1件")
    look(desk, "board-desk")
    desk.get_by_label("水", exact=True).check()
    expect(desk.locator(".board > li")).to_have_count(1)
    expect(desk.locator(".board-fit")).to_have_text("水に空きあり")
    desk.get_by_label("水", exact=True).uncheck()
    desk.get_by_text("条件を追加").click()
    desk.get_by_label("距離を測る起点").select_option(label="さくら川小学校区")
    desk.get_by_label("30日より前の回答も表示").check()
    expect(desk.locator(".board > li")).to_have_count(3)
    look(desk, "board-open-desk")
    row = desk.locator(".board-row", has_text="ほたる")
    expect(row).to_contain_text("3日前に確認")
    row.get_by_role("button", name="変更なし").click()
    expect(row.locator(".card-foot [role=status]")).to_have_text("今日確認")
    # A PDF is opened by the browser's own reader, which no test can look into.
    sent = desk.evaluate("() => Object.fromEntries(new FormData(document.querySelector('#board-search')))")
    printed = desk.request.post(f"{BASE}availability/paper/", form=sent, headers={"Referer": desk.url})
    assert printed.headers["content-type"] == "application/pdf"

    with scope(environment=people.environment):
        assert facility.answers.get(number=2).cells["mon.morning.preschool"] == "ask"
        assert facility.answers.get(number=2).cells["wed.afternoon.primary"] == 3
        assert fax_only.answers.get(number=2).is_proxy


def test_a_keyboard_fills_the_grid_and_the_last_answer_comes_back(people, facility, on_desk):
    desk = on_desk(people.takahashi)
    desk.goto(f"{BASE}facilities/{facility.pk}/availability/")
    first = desk.get_by_role("button", name="月 午前 未就学")
    first.focus()
    for key in ("Enter", "ArrowDown", "1", "2", "ArrowRight", "Space", "Space", "Space", "ArrowLeft", "Delete"):
        desk.keyboard.press(key)

    expect(first).to_have_text("○")
    expect(desk.get_by_role("button", name="火 午前 未就学")).to_have_text("–")
    expect(desk.get_by_role("button", name="火 午後 未就学")).to_have_text("×")
    look(desk, "availability-desk")

    desk.get_by_role("button", name="前回と同じ").click()
    expect(first).to_have_text("–")
    expect(desk.get_by_role("button", name="火 午前 未就学")).to_have_text("△")


def test_the_desk_adds_facilities_and_the_admin_districts(people, facility, on_desk, on_phone):
    from tests.facilities.test_facilities import make_service

    here = people.environment.municipality
    for number in range(3):
        make_service(f"035060000{number}", municipality=here, address="さくら川市本町1-2-3")
    desk = on_desk(people.tanaka)
    desk.goto(f"{BASE}facilities/")
    look(desk, "facilities-desk")
    desk.get_by_role("link", name="公開データから追加").click()
    desk.get_by_label("すべて選ぶ").check()
    look(desk, "directory-desk")
    with desk.expect_navigation():
        desk.get_by_role("button", name="選んだ施設を追加").click()
    expect(desk.get_by_text("施設を3件追加しました。")).to_be_visible()
    desk.get_by_role("link", name="手入力で追加").click()
    look(desk, "new-desk")

    admin = on_phone(people.ito)
    admin.goto(f"{BASE}school-districts/")
    look(admin, "districts-empty-phone")
    admin.get_by_label("学区名").fill("さくら川小学校区")
    with admin.expect_navigation():
        admin.get_by_role("button", name="追加").click()
    expect(admin.get_by_role("link", name="さくら川小学校区")).to_be_visible()
    look(admin, "districts-phone")
    admin.goto(f"{BASE}availability/publication/")
    look(admin, "publication-phone")
    admin.get_by_role("link", name="キャンセル").click()
    expect(admin.get_by_role("heading", name="空き状況", level=1)).to_be_visible()
    with scope(environment=people.environment):
        assert Facility.objects.count() == 4
        actions.confirm_again(facility=facility, by=people.ito)
    admin.goto(f"{BASE}facilities/{facility.pk}/")
    look(admin, "facility-history-phone")


def look(page, name):
    """Everybody can use it, it fits, and somebody may keep its picture."""
    settled(page)
    assert_everybody_can_use(page)
    assert_fits(page)
    if folder := os.environ.get("CARENET_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
