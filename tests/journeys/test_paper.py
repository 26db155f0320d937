"""B6: sheets that came back by FAX are scanned at the desk, compared with what was read, and never mistaken."""

import random
from collections.abc import Iterator

import pytest
from django_scopes import scope
from PIL import ImageDraw
from playwright.sync_api import expect

from apps.paper import actions
from apps.paper.actions.scans import boxes_on
from apps.paper.models import Scan
from apps.surveys.models import Reply, Survey, SurveySheet
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble
from tests.facilities.makers import make_facility
from tests.paper.makers import as_file, as_png, printed, white
from tests.paper.scans import mark, rendered, scanned
from tests.surveys.makers import QUESTIONS, content, make_survey, print_all


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        yield cast


@pytest.fixture(params=["phone", "desk"])
def on(request, on_phone, on_desk):
    return on_phone if request.param == "phone" else on_desk


def look_at(page) -> None:
    settled(page)
    assert_fits(page)
    assert_everybody_can_use(page)


def read_all() -> None:
    """As the worker does."""
    for scan_id in Scan.objects.unread().values_list("pk", flat=True):
        actions.read_scan(scan_id=scan_id)


def test_b6_a_fax_finds_its_sheet_and_another_paper_goes_into_quarantine(on, people):
    sheet = actions.make_sheet(title="12月の空き状況", made_for="放課後等デイ あおぞら", due_at=None, by=people.sato)
    [page] = printed(people.sato, sheet)
    sheet.refresh_from_db()
    fax = scanned(page, boxes_on(sheet, 1), "FAX", random.Random(7)).picture.rotate(180)
    file = as_file(fax.convert("1"), "TIFF", save_all=True, append_images=[white().convert("1")])
    desk = on(people.sato)

    desk.goto(f"/e/{people.environment.slug}/paper/")
    look_at(desk)
    desk.get_by_role("link", name="スキャンを送る").first.click()
    desk.get_by_label("スキャンした用紙").set_input_files({"name": "fax.zip", "mimeType": "", "buffer": b"PK"})
    desk.get_by_role("button", name="送信").click()
    expect(desk.get_by_text("fax.zip: 受け付けられるのは").first).to_be_visible()
    look_at(desk)
    desk.get_by_label("スキャンした用紙").set_input_files({"name": "fax.tif", "mimeType": "", "buffer": file})
    desk.get_by_role("button", name="送信").click()
    expect(desk.get_by_text("2ページを読み取っています。")).to_be_visible()
    read_all()

    desk.goto(f"/e/{people.environment.slug}/paper/")
    look_at(desk)
    desk.get_by_role("link", name="放課後等デイ あおぞら").click()
    expect(desk.get_by_role("heading", name="読み取った内容")).to_be_visible()
    look_at(desk)

    desk.goto(f"/e/{people.environment.slug}/paper/?tab=quarantine")
    look_at(desk)
    desk.get_by_role("link", name="用紙の分からないスキャン").click()
    expect(desk.get_by_text("QRコードを読み取れませんでした。")).to_be_visible()
    look_at(desk)
    # Its page has come back: the other paper is not taken for it, whatever is typed.
    desk.get_by_label("用紙の番号").fill(sheet.shown_code)
    desk.get_by_role("button", name="この用紙にする").click()
    expect(desk.get_by_text("この用紙の同じページがすでに届いています。")).to_be_visible()
    desk.goto(f"/e/{people.environment.slug}/paper/?tab=quarantine")
    desk.get_by_role("link", name="用紙の分からないスキャン").click()
    desk.get_by_role("button", name="使わずに片付ける").click()
    expect(desk.get_by_text("片付けました。")).to_be_visible()
    assert Scan.objects.quarantined().count() == 0


def test_b6_a_code_read_aloud_leads_to_its_sheet(on, people):
    sheet = actions.make_sheet(title="12月の空き状況", made_for="放課後等デイ あおぞら", due_at=None, by=people.sato)
    desk = on(people.sato)
    desk.goto(f"/e/{people.environment.slug}/paper/")

    desk.get_by_label("用紙の番号").fill("あおぞら")
    desk.get_by_role("button", name="用紙を探す").click()
    expect(desk.get_by_text("用紙の番号ではないようです。")).to_be_visible()
    look_at(desk)
    desk.get_by_label("用紙の番号").fill(sheet.shown_code.lower())
    desk.get_by_role("button", name="用紙を探す").click()

    expect(desk.get_by_role("heading", name="放課後等デイ あおぞら")).to_be_visible()
    look_at(desk)


@pytest.fixture
def survey(people: Cast) -> Survey:
    """The first office has been sent a sheet."""
    questions = content(QUESTIONS[0], QUESTIONS[2], QUESTIONS[3], QUESTIONS[8], title="12月の空き状況")
    return make_survey(by=people.sato, asks=[people.aozora], content=questions)


def test_b6_the_qr_code_of_a_sheet_takes_the_answer_on_any_phone(on_phone, survey, people):
    print_all(survey, by=people.sato)
    phone = on_phone(None)
    door = f"/s/{SurveySheet.objects.get().sheet.code}/"

    phone.goto(door)
    expect(phone.get_by_role("heading", name="12月の空き状況")).to_be_visible()
    look_at(phone)
    phone.get_by_role("button", name="送信").click()
    expect(phone.get_by_text("この質問にお答えください。").first).to_be_visible()
    look_at(phone)
    phone.get_by_role("radio", name="はい").check(force=True)
    phone.get_by_role("button", name="送信").click()

    expect(phone.get_by_role("heading", name="ありがとうございます")).to_be_visible()
    look_at(phone)
    assert Reply.objects.get().channel == "code"
    phone.goto(door)
    expect(phone.get_by_text("この用紙には回答が済んでいます。")).to_be_visible()
    look_at(phone)


def test_b6_a_scan_is_compared_at_the_desk_and_becomes_the_answer(on, survey, people):
    pdf = print_all(survey, by=people.sato)
    sheet = SurveySheet.objects.get().sheet
    page = rendered(pdf)[0]
    [yes] = [box for box in boxes_on(sheet, 1) if box.key == "1.1"]
    mark(ImageDraw.Draw(page), yes, random.Random(2))
    actions.take_scans(
        file_name="fax.pdf", pages=[as_png(page.rotate(183, expand=True, fillcolor=255))], by=people.sato
    )
    read_all()
    desk = on(people.sato)

    desk.goto(f"/e/{people.environment.slug}/paper/")
    desk.get_by_role("link", name=people.aozora.name).click()
    desk.get_by_role("link", name="見比べて回答にする").click()
    expect(desk.get_by_role("radio", name="はい")).to_be_checked()
    look_at(desk)
    desk.get_by_role("button", name="この内容で保存する").click()

    expect(desk.get_by_text("紙の回答を入力しました。")).to_be_visible()
    reply = Reply.objects.get()
    assert (reply.channel, reply.is_proxy) == ("paper", True)


def test_b6_offices_reached_by_fax_alone_are_printed_for_in_one_press(on, people):
    by_fax = make_facility(people.sato, name="放課後等デイ こみち", fax="0123-45-9999")
    survey = make_survey(by=people.sato, asks=[people.aozora], facilities=[by_fax], content=content(QUESTIONS[0]))
    desk = on(people.sato)
    desk.goto(f"/e/{people.environment.slug}/surveys/{survey.pk}/")

    desk.get_by_role("link", name="FAX用の用紙").click()
    expect(desk.get_by_text("FAXのみ")).to_be_visible()
    expect(desk.get_by_role("radio", name="アカウントのない事業所だけ")).to_be_checked()
    look_at(desk)
    desk.get_by_role("button", name="用紙を印刷する").click()
    expect(desk.get_by_text("入力または選択してください。").first).to_be_visible()
    look_at(desk)
    desk.get_by_label("回答の返信先のFAX番号").fill("0123-45-6789")
    answer = desk.request.post(desk.url, form=sent_by(desk), headers={"Referer": desk.url})

    assert answer.headers["content-type"] == "application/pdf"
    assert SurveySheet.objects.get().recipient.facility == by_fax
    desk.goto(desk.url)
    expect(desk.get_by_text("に印刷")).to_be_visible()
    expect(desk.get_by_label("回答の返信先のFAX番号")).to_have_value("0123-45-6789")
    look_at(desk)


def sent_by(page):
    """What the form would send: a PDF is opened by the browser's own reader, which no test can look into."""
    return page.evaluate("() => Object.fromEntries(new FormData(document.querySelector('main form')))")
