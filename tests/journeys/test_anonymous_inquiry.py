"""A need without a name goes to several offices; one of them is told whose it is, and the others that it is settled (B5)."""

import os
import random

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from apps.environments.models import Member
from apps.inquiries.models import Inquiry, InquirySheet
from apps.paper import actions as paper
from apps.paper.actions.scans import boxes_on
from apps.paper.models import Sheet
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.facilities.makers import make_facility
from tests.inquiries.makers import make_inquiry, make_introduction
from tests.paper.makers import as_png
from tests.paper.scans import mark, rendered

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
    expect(desk.get_by_text("代行入力（")).to_be_visible()
    look(desk, f"entered-{asker}")

    desk.goto(f"{BASE}inquiries/own/")
    look(desk, f"own-{asker}")
    follow(desk, "受け入れが難しかった理由")
    expect(desk.get_by_role("cell", name="少数").first).to_be_visible()
    look(desk, f"refusals-{asker}")


@pytest.mark.parametrize(("asker", "office"), [("on_desk", "on_phone"), ("on_phone", "on_desk")])
def test_b6_an_inquiry_goes_out_on_paper_and_comes_back(people, request, asker, office):
    by_qr = make_facility(people.sato, name="訪問入浴 こみち", fax="0123-45-9999")
    by_fax = make_facility(people.sato, name="放課後等デイ さくら", fax="0123-45-8888")
    inquiry = make_inquiry(people.hana, by=people.sato, asks=[people.aozora], facilities=[by_qr, by_fax])
    make_introduction(people.hana, by=people.sato, to=[], kinds=["child_facility"])
    desk = request.getfixturevalue(asker)(people.sato)
    desk.goto(f"{BASE}inquiries/{inquiry.pk}/")
    follow(desk, "紙・FAXで照会する")
    expect(desk.get_by_text("FAXのみ")).to_have_count(2)
    look(desk, f"sheets-{asker}")
    desk.get_by_label("回答の返信先のFAX番号").fill("0123-45-6789")
    answer = desk.request.post(desk.url, form=sent_by(desk), headers={"Referer": desk.url})
    pages = rendered(answer.body())
    sheets = {one.recipient.facility: one.sheet for one in InquirySheet.objects.filter(replaced_at=None)}
    assert sheets.keys() == {by_qr, by_fax}
    if folder := os.environ.get("CARENET_SHOTS"):
        pages[0].save(f"{folder}/sheet-of-inquiry.png")

    phone = request.getfixturevalue(office)(None)
    phone.goto(f"/s/{sheets[by_qr].code}/")
    expect(phone.get_by_text("吸引が1日3回あります。")).to_be_visible()
    look(phone, f"door-{office}")
    phone.get_by_label("受け入れできません").check()
    press(phone, "送信")
    expect(phone.get_by_text("理由を、一つ以上選んでください").first).to_be_visible()
    look(phone, f"door-refused-{office}")
    phone.get_by_label("空きなし").check()
    press(phone, "送信")
    expect(phone.get_by_role("heading", name="ありがとうございます")).to_be_visible()

    came_back(pages[list(sheets).index(by_fax)], sheets[by_fax], people.sato)
    desk.goto(f"{BASE}paper/")
    follow(desk, by_fax.name)
    follow(desk, "見比べて回答にする")
    expect(desk.get_by_label("受け入れできます")).to_be_checked()
    look(desk, f"from-scan-{asker}")
    press(desk, "この内容で保存する")
    expect(desk.get_by_text("紙の回答を入力しました。")).to_be_visible()

    desk.goto(f"{BASE}inquiries/{inquiry.pk}/")
    expect(desk.get_by_text("3か所中2か所が回答")).to_be_visible()
    look(desk, f"on-paper-{asker}")
    follow(desk, f"{by_fax.name}を選ぶ")
    expect(desk.get_by_text("お電話で次の内容をお伝えください。")).to_be_visible()
    desk.get_by_label("連絡先").fill("高齢福祉課 窓口 内線 321")
    look(desk, f"release-by-phone-{asker}")
    press(desk, "伝えたので照会を終える")
    expect(desk.get_by_text("受け入れ先決定").first).to_be_visible()


def came_back(page: Image.Image, sheet: Sheet, by: Member) -> None:
    """A sheet on which 「受け入れできます」 is ticked, scanned askew and read."""
    [can] = [box for box in boxes_on(sheet, 1) if box.key == "1.can"]
    mark(ImageDraw.Draw(page), can, random.Random(2))
    turned = page.rotate(2, expand=True, fillcolor=255)
    [scan] = paper.take_scans(file_name="fax.pdf", pages=[as_png(turned)], by=by)
    paper.read_scan(scan_id=scan.pk)


def sent_by(page: Page) -> dict[str, str]:
    """What the form would send: a PDF is opened by the browser's own reader, which no test can look into."""
    sent: dict[str, str] = page.evaluate("() => Object.fromEntries(new FormData(document.querySelector('main form')))")
    return sent
