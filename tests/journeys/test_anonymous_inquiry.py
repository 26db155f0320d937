"""A need without a name goes to several offices; one of them is told whose it is, and the others that it is settled (B5)."""

import os

import pytest
from playwright.sync_api import Page, expect

from apps.inquiries.models import Inquiry
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.facilities.makers import make_facility
from tests.inquiries.makers import make_inquiry, make_introduction

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
        page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


@pytest.mark.parametrize(("asker", "office"), [("on_desk", "on_phone"), ("on_phone", "on_desk")])
def test_a_need_without_a_name_finds_its_place(people, request, asker, office):
    midori = people.takahashi.organization
    make_introduction(people.hana, by=people.sato, to=[midori])
    desk = request.getfixturevalue(asker)(people.sato)
    desk.goto(f"{BASE}clients/{people.hana.pk}/")
    follow(desk, "匿名で照会する")
    desk.get_by_label("月", exact=True).check()
    desk.get_by_label("事業所に伝えたいこと").fill("担当は田中さんで、送迎が必要です。")
    desk.get_by_label(midori.name).check()
    desk.get_by_label("あおぞら訪問看護ステーション").check()
    look(desk, f"new-{asker}")
    press(desk, "選んだ事業所に照会する")
    expect(desk.get_by_role("heading", name="この記載から、誰のことか分かりませんか？")).to_be_visible()
    expect(desk.locator("mark")).to_contain_text("田中さん")
    look(desk, f"found-{asker}")
    desk.get_by_label("事業所に伝えたいこと").fill("送迎が必要です。")
    press(desk, "選んだ事業所に照会する")
    expect(desk.get_by_text("2か所中0か所が回答")).to_be_visible()

    theirs = request.getfixturevalue(office)(people.takahashi)
    theirs.goto(f"{BASE}inquiries/")
    look(theirs, f"asked-{office}")
    theirs.locator("a.list-row").first.click()
    expect(theirs.get_by_text("送迎が必要です。")).to_be_visible()
    expect(theirs.get_by_text("佐々木")).to_have_count(0)
    theirs.get_by_label("受け入れできます").check()
    look(theirs, f"card-{office}")
    press(theirs, "送信")

    # The page that stands open asks by itself.
    expect(desk.get_by_text("2か所中1か所が回答")).to_be_visible(timeout=30_000)
    look(desk, f"answers-{asker}")
    follow(desk, f"{midori.name}を選ぶ")
    desk.get_by_label("連絡先").fill("高齢福祉課 窓口 内線 321")
    look(desk, f"release-{asker}")
    press(desk, "この事業所に伝える")
    expect(desk.get_by_text("受け入れ先決定").first).to_be_visible()

    theirs.reload()
    expect(theirs.get_by_text("佐々木 ハナ")).to_be_visible()
    expect(theirs.get_by_text("内線 321")).to_be_visible()
    look(theirs, f"told-{office}")
    other = request.getfixturevalue(office)(people.suzuki)
    other.goto(f"{BASE}notices/")
    expect(other.get_by_text("受け入れ先が決まりました")).to_be_visible()
    assert Inquiry.objects.get().state == "settled"


@pytest.mark.parametrize("asker", ["on_desk", "on_phone"])
def test_an_office_that_has_only_a_fax_is_asked_and_answered_for(people, request, asker):
    by_fax = make_facility(people.sato, name="訪問入浴 こみち", fax="0123-45-9999")
    asks = [people.takahashi.organization]
    inquiry = make_inquiry(people.hana, by=people.sato, asks=asks, facilities=[by_fax])
    desk = request.getfixturevalue(asker)(people.sato)
    desk.goto(f"{BASE}inquiries/{inquiry.pk}/")
    look(desk, f"waiting-{asker}")

    press(desk, "未回答の事業所への催促")
    follow(desk, "期限を延ばす")
    look(desk, f"due-{asker}")
    press(desk, "保存")
    follow(desk, f"{by_fax.name}の回答を代行入力")
    desk.get_by_label("受け入れできません").check()
    press(desk, "入力する")
    expect(desk.get_by_text("理由を、一つ以上選んでください").first).to_be_visible()
    look(desk, f"proxy-{asker}")
    desk.get_by_label("空きなし").check()
    press(desk, "入力する")
    expect(desk.get_by_text("代理で入力", exact=True)).to_be_visible()
    look(desk, f"entered-{asker}")

    desk.goto(f"{BASE}inquiries/own/")
    look(desk, f"own-{asker}")
    follow(desk, "受け入れが難しかった理由")
    expect(desk.get_by_role("cell", name="少数").first).to_be_visible()
    look(desk, f"refusals-{asker}")
