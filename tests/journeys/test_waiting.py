"""B4: all full, so the family waits; a cancelled place is offered down the list, declined with a reason, and booked by the next."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.visits import actions as visits
from apps.visits.models import Visit
from apps.waiting import actions
from apps.waiting.models import Waiting
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.facilities.makers import make_facility
from tests.visits.makers import make_slot, make_visit
from tests.waiting.makers import make_wait

HERE = "/e/sakuragawa-care"


@pytest.fixture
def people(transactional_db, cast):
    return cast


@pytest.fixture
def booked(people):
    """The only place there is, and somebody has it."""
    facility = make_facility(people.takahashi, organization=people.takahashi.organization, name="こどもの家 つくし")
    slot = make_slot(people.takahashi, facility, starts_at=timezone.now() + timedelta(days=14))
    return make_visit(slot, people.sato)


def looked_at(page, name=""):
    assert_fits(page)
    assert_everybody_can_use(page)
    folder = os.environ.get("SHOTS")
    if folder:
        width = page.viewport_size["width"]
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_all_full_then_offered_declined_and_booked_by_the_next(people, booked, on_desk):
    page = on_desk(people.tanaka)
    page.goto(f"{HERE}/visits/find/")
    looked_at(page, "find")
    page.get_by_role("button", name="待機リストに登録").click()
    expect(page.get_by_role("heading", name="待機リストに登録")).to_be_visible()
    page.locator("select[name=age_group]").select_option("preschool")
    looked_at(page, "new")
    with page.expect_navigation():
        page.get_by_role("button", name="待機リストに登録").click()
    expect(page.get_by_text("待機リストに登録しました。")).to_be_visible()
    looked_at(page, "entry")
    waiting = Waiting.objects.get()

    later = make_wait(people.sato)
    visits.cancel_visit(visit=booked, reason="family", by=people.sato)
    actions.offer_freed()
    page.goto(f"{HERE}/waiting/")
    expect(page.get_by_text("最も長くお待ちの方から順に")).to_be_visible()
    looked_at(page, "line")
    page.get_by_role("link", name="名前を伏せたご家族").first.click()
    expect(page.get_by_role("heading", name="ご案内できる枠があります")).to_be_visible()
    looked_at(page, "offered")
    page.get_by_text("この枠は合わない").click()
    page.locator("form[action$='/declining/']").get_by_label("送迎の地域外").check()
    with page.expect_navigation():
        page.get_by_role("button", name="この枠を辞退する").click()
    expect(page.get_by_text("辞退を記録しました。")).to_be_visible()
    looked_at(page, "declined")
    waiting.refresh_from_db()
    assert waiting.is_waiting

    actions.offer_freed()
    page = on_desk(people.sato)
    page.goto(f"{HERE}/waiting/{later.pk}/")
    page.get_by_role("link", name="この枠を予約する").click()
    looked_at(page, "visit")
    with page.expect_navigation():
        page.get_by_role("button", name="この見学を予約する").click()
    later.refresh_from_db()
    assert later.ended_reason == "booked"
    assert Visit.objects.booked().filter(held_by=people.sato).exists()
    page.goto(f"{HERE}/waiting/{later.pk}/")
    looked_at(page, "ended")


def test_on_a_phone_the_list_and_an_entry_fit(people, booked, on_phone):
    waiting = make_wait(people.tanaka, need="静かな部屋があると助かります。")
    visits.cancel_visit(visit=booked, reason="family", by=people.sato)
    actions.offer_freed()
    page = on_phone(people.tanaka)

    page.goto(f"{HERE}/waiting/")
    looked_at(page, "line")
    page.goto(f"{HERE}/waiting/{waiting.pk}/")
    looked_at(page, "entry")
    page.goto(f"{HERE}/waiting/new/")
    looked_at(page, "new")
