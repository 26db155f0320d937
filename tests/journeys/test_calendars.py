"""The calendar on a desk by keyboard, and on a phone as a list."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from apps.directory.models import Holiday
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.facilities.makers import make_facility
from tests.visits.makers import make_slot, make_visit

WEEK = datetime(2030, 5, 13, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def people(transactional_db, cast):
    return cast


@pytest.fixture
def facility(people):
    """With a week of visits, two at the same hour elsewhere, a free time and a holiday."""
    own = make_facility(people.suzuki, organization=people.aozora, name="こどもの家 つくし")
    other = make_facility(people.suzuki, name="発達支援ルーム ひなた 東センター")
    for days, hours, place in ((0, 10, own), (1, 10, own), (1, 10.5, other), (1, 11.5, other), (3, 14, own)):
        slot = make_slot(people.suzuki, place, starts_at=WEEK + timedelta(days=days, hours=hours), capacity=2)
        make_visit(slot, people.tanaka, accompanied_by=people.tanaka if days == 3 else None)
    make_slot(people.suzuki, own, starts_at=WEEK + timedelta(days=4, hours=9))
    Holiday.objects.get_or_create(date=(WEEK + timedelta(days=2)).date(), defaults={"name": "試しの祝日"})
    return own


def looked_at(page, name):
    assert_fits(page)
    assert_everybody_can_use(page)
    folder = Path("/tmp/shots/calendars")
    if folder.is_dir():
        page.screenshot(path=folder / f"{name}.png", full_page=True)


def test_the_desk_walks_through_its_weeks_by_keyboard(people, facility, on_desk):
    page = on_desk(people.tanaka)
    page.goto("/e/sakuragawa-care/calendar/?on=2030-05-14")
    expect(page.locator(".calendar-week[data-placed]")).to_be_visible()
    expect(page.get_by_text("試しの祝日").first).to_be_visible()
    looked_at(page, "desk-week")
    first, second = (page.locator(f"[data-begins='{begins}']") for begins in ("600", "630"))
    left, right = first.nth(1).bounding_box(), second.bounding_box()
    assert left["x"] + left["width"] <= right["x"] + 1 and right["y"] < left["y"] + left["height"]

    for key, address in (
        ("ArrowRight", "2030-05-21"),
        ("ArrowLeft", "2030-05-14"),
        ("d", "view=day"),
        ("l", "view=list"),
    ):
        with page.expect_navigation():
            page.keyboard.press(key)
        assert address in page.url
    looked_at(page, "desk-list")
    with page.expect_navigation():
        page.keyboard.press("t")
    assert "on=" not in page.url
    page.locator("[name=on]").fill("2030-05-16")
    page.get_by_label("表示する予定").select_option("自分が同行する見学")
    page.get_by_role("button", name="表示").click()
    expect(page.locator(".calendar-event")).to_have_count(1)


def test_a_letter_that_is_typed_leads_nowhere(people, facility, on_desk):
    page = on_desk(people.tanaka)
    page.goto("/e/sakuragawa-care/calendar/?on=2030-05-14")
    page.get_by_label("表示する予定").press("d")

    expect(page.locator(".calendar-week")).to_be_visible()


def test_a_phone_shows_the_chosen_day_below_a_strip_of_seven(people, facility, on_phone):
    page = on_phone(people.suzuki)
    page.goto("/e/sakuragawa-care/visits/")
    page.get_by_role("link", name="カレンダー").click()
    page.goto("/e/sakuragawa-care/calendar/?on=2030-05-14")
    looked_at(page, "phone-week")
    expect(page.locator(".calendar-event:visible")).to_have_count(1)
    page.locator(".calendar-strip a").nth(4).click()

    expect(page.locator(".calendar-event:visible")).to_contain_text("1組中0組")
    with page.expect_navigation():
        page.get_by_role("link", name="日", exact=True).click()
    looked_at(page, "phone-day")


def test_it_is_looked_at_in_the_dark_and_on_paper(people, facility, on_desk):
    page = on_desk(people.suzuki)
    page.emulate_media(color_scheme="dark")
    page.goto(f"/e/sakuragawa-care/calendar/?on=2030-05-14&whose={facility.pk}")
    looked_at(page, "desk-week-dark")
    page.emulate_media(color_scheme="light", media="print")
    expect(page.locator(".calendar-bar")).to_be_hidden()
    if Path("/tmp/shots/calendars").is_dir():
        page.pdf(path="/tmp/shots/calendars/week.pdf", prefer_css_page_size=True)
    page.goto("/e/sakuragawa-care/calendar/?on=2030-05-14&view=list")
    if Path("/tmp/shots/calendars").is_dir():
        page.pdf(path="/tmp/shots/calendars/list.pdf", prefer_css_page_size=True)


def test_a_secret_address_is_made_copied_and_taken_back_on_a_phone(people, facility, on_phone, on_desk):
    page = on_phone(people.suzuki)
    page.goto("/e/sakuragawa-care/calendar/")
    page.get_by_role("link", name="自分のカレンダーで見る").click()
    looked_at(page, "phone-feed")
    page.get_by_role("button", name="アドレスを作る").click()

    address = page.get_by_label("アドレス", exact=True).input_value()
    looked_at(page, "phone-feed-made")
    assert address.endswith(".ics") and page.request.get("/c/" + address.rpartition("/c/")[2]).ok
    desk = on_desk(people.suzuki)
    desk.goto("/e/sakuragawa-care/calendar/feed/")
    looked_at(desk, "desk-feed")
    desk.get_by_role("button", name="アドレスを無効にする").click()
    expect(desk.get_by_text("アドレスを無効にしました。")).to_be_visible()
    assert page.request.get("/c/" + address.rpartition("/c/")[2]).status == 404
