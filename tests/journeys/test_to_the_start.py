"""From the consultation to the first day: the desk puts facilities on the list, the facility says how it goes (domain.md §3.4)."""

import os

import pytest
from playwright.sync_api import Page, expect

from apps.home.referral_story import follow_to_the_start
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.facilities.makers import make_facility
from tests.inquiries.makers import make_introduction
from tests.referrals.makers import make_referral, make_way

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def people(transactional_db, cast):
    return cast


def look(page: Page, name: str) -> None:
    """Usable by all and within its screen; where `CARENET_SHOTS` names a folder, the page as it stands."""
    settled(page)
    assert_everybody_can_use(page)
    assert_fits(page)
    if folder := os.environ.get("CARENET_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.parametrize(("asker", "office"), [("on_desk", "on_phone"), ("on_phone", "on_desk")])
def test_a_family_is_followed_until_the_service_starts(people, request, asker, office):
    facility = make_facility(people.sato, organization=people.takahashi.organization, name="つくし児童デイ")
    make_introduction(people.hana, by=people.sato, to=[people.takahashi.organization])
    make_way(make_referral(people.hana, by=people.sato), "introduced", "waiting", by=people.sato)
    desk = request.getfixturevalue(asker)(people.sato)
    desk.goto(f"{BASE}clients/{people.hana.pk}/")
    with desk.expect_navigation():
        desk.get_by_role("link", name="利用開始までの経過").click()
    desk.get_by_label("紹介する事業所").select_option(str(facility.pk))
    press(desk, "一覧に加える")
    card = desk.locator("section.card").filter(has_text="つくし児童デイ").first
    for name in ("紹介済み", "見学予約", "見学済み"):
        with desk.expect_navigation():
            card.get_by_role("button", name=name, exact=True).first.click()
        expect(card.locator("[aria-current=step]")).to_contain_text(name)
    look(desk, f"of-client-{asker}")

    theirs = request.getfixturevalue(office)(people.takahashi)
    theirs.goto(f"{BASE}referrals/")
    look(theirs, f"received-{office}")
    with theirs.expect_navigation():
        theirs.get_by_role("link", name=people.hana.name).click()
    theirs.get_by_text("ほかのできごとを記録する").click()
    press(theirs, "体験予約")
    look(theirs, f"referral-{office}")
    with theirs.expect_navigation():
        theirs.get_by_role("link", name="「体験予約」を取り消す").click()
    theirs.get_by_label("訂正の理由").fill("別のご家族でした")
    look(theirs, f"correction-{office}")
    press(theirs, "取り消す")
    expect(theirs.locator("[aria-current=step]")).to_contain_text("見学済み")

    desk.reload()
    for name in ("家族が決定", "支給申請", "支給決定", "契約", "利用開始"):
        with desk.expect_navigation():
            card.get_by_role("button", name=name, exact=True).first.click()
        expect(card.locator("[aria-current=step]")).to_contain_text(name)
    desk.goto(f"{BASE}referrals/?over=on")
    look(desk, f"referrals-{asker}")


@pytest.mark.parametrize("screen", ["on_desk", "on_phone"])
def test_a_council_reads_how_long_it_takes(people, request, screen):
    for nth in range(4):
        makers.make_client(people.environment, seats=[], division=people.city, name=f"見本 {nth}")
        make_facility(people.tanaka, operator="public" if nth % 2 else "private")
    follow_to_the_start(lambda _login: people.tanaka)
    page = request.getfixturevalue(screen)(people.tanaka)
    page.goto(f"{BASE}referrals/")
    look(page, f"under-way-{screen}")
    with page.expect_navigation():
        page.get_by_role("link", name="開始までの日数").click()

    expect(page.get_by_text("日数の中央値が公立")).to_be_visible()
    expect(page.get_by_role("heading", name="すべてのサービス")).to_be_visible()
    look(page, f"days-{screen}")
    page.get_by_label("集計の単位").select_option("quarter")
    with page.expect_navigation():
        page.get_by_role("button", name="表示").click()
    expect(page.get_by_text("第1四半期").first).to_be_visible()
