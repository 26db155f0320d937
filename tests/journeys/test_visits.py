"""A facility publishes an hour, the desk books it for a family by keyboard, and the facility declines with a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.visits.models import Visit
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_slot, make_visit


@pytest.fixture
def people(transactional_db, cast):
    return cast


@pytest.fixture
def facility(people):
    return make_facility(people.suzuki, organization=people.aozora, name="こどもの家 つくし")


def looked_at(page):
    assert_fits(page)
    assert_everybody_can_use(page)


def test_an_hour_is_published_on_a_phone(people, facility, on_phone):
    page = on_phone(people.suzuki)
    page.goto("/e/sakuragawa-care/visits/")
    looked_at(page)
    page.get_by_role("link", name="見学時間").click()
    page.get_by_role("link", name="こどもの家 つくし").click()
    looked_at(page)
    page.get_by_role("link", name="見学時間を公開").click()
    page.locator("[name=day]").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    looked_at(page)
    page.get_by_role("button", name="公開する").click()

    expect(page.get_by_text("見学時間を1件公開しました。")).to_be_visible()
    expect(page.get_by_text("1組中0組")).to_be_visible()
    looked_at(page)


def test_the_desk_finds_holds_and_books_by_keyboard(people, facility, on_desk):
    make_slot(people.suzuki, facility)
    page = on_desk(people.tanaka)
    page.goto("/e/sakuragawa-care/visits/find/")
    looked_at(page)
    page.locator(".visit-time").first.press("Enter")
    page.locator("[name=age_group]").first.press("Space")
    looked_at(page)
    page.get_by_role("button", name="5分間仮押さえする").press("Enter")
    expect(page.locator("hold-clock")).to_contain_text("4:")
    looked_at(page)
    page.get_by_role("button", name="この見学を予約する").press("Enter")

    expect(page.get_by_text("予約しました。事業所に知らせました。")).to_be_visible()
    looked_at(page)
    assert Visit.objects.get().is_booked


def test_the_facility_declines_on_a_phone_and_the_desk_is_told(people, facility, on_phone, on_desk):
    slot = make_slot(people.suzuki, facility)
    make_held(slot, people.tanaka, booked_at=timezone.now(), booked_by=people.tanaka)
    page = on_phone(people.suzuki)
    page.goto("/e/sakuragawa-care/visits/")
    page.get_by_role("link", name="こどもの家 つくし").click()
    looked_at(page)
    page.get_by_label("必要な支援に対応できない").check()
    page.get_by_role("button", name="この見学を取り消す").click()
    expect(page.get_by_text("取り消しました。相手に知らせました。")).to_be_visible()

    desk = on_desk(people.tanaka)
    desk.goto("/e/sakuragawa-care/notices/")
    desk.get_by_text("事業所が見学を受けられなくなりました").first.click()
    expect(desk.get_by_text("必要な支援に対応できない").first).to_be_visible()
    looked_at(desk)


def test_a_hold_that_runs_out_says_so_on_the_open_page(people, facility, on_desk):
    now = timezone.now()
    ends = now + timedelta(seconds=6)
    visit = make_held(make_slot(people.suzuki, facility), people.tanaka, held_at=ends - Visit.HOLD, held_until=ends)
    page = on_desk(people.tanaka)
    page.goto(f"/e/sakuragawa-care/visits/{visit.pk}/")

    expect(page.locator("hold-clock")).to_have_text("5分が過ぎました。")
    page.get_by_role("button", name="この見学を予約する").click()
    expect(page.get_by_text("枠は空きに戻りました").first).to_be_visible()


def test_a_facility_closes_a_day_on_a_phone_and_sees_first_whom_it_concerns(people, facility, on_phone):
    slot = make_slot(people.suzuki, facility)
    visit = make_visit(slot, people.tanaka)
    page = on_phone(people.suzuki)
    page.goto(f"/e/sakuragawa-care/facilities/{facility.pk}/visits/")
    page.get_by_role("link", name="お休みの日").click()
    looked_at(page)
    page.locator("[name=day]").fill(timezone.localdate(slot.starts_at).isoformat())
    page.get_by_label("対応できる人がいない").check()
    page.get_by_role("button", name="影響を確認する").click()
    expect(page.get_by_text("予約1件が取り消されます")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="この日を休みにする").click()

    expect(page.get_by_text("予約1件の相手に知らせました")).to_be_visible()
    looked_at(page)
    visit.refresh_from_db()
    assert visit.is_cancelled
