"""B6 for visits: a facility that has only a FAX is asked by its sheet, and answers by its code on any phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_scopes import scope
from playwright.sync_api import expect

from apps.visits.models import RequestSheet, Visit
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble
from tests.facilities.makers import make_facility
from tests.visits.makers import make_request

PICTURES = os.environ.get("CARENET_PICTURES", "")


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        yield cast


@pytest.fixture(params=["phone", "desk"])
def on(request, on_phone, on_desk):
    return on_phone if request.param == "phone" else on_desk


def look_at(page, name: str) -> None:
    settled(page)
    assert_fits(page)
    assert_everybody_can_use(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def test_b6_a_facility_by_fax_is_asked_on_paper_and_answers_with_its_code(on, people):
    facility = make_facility(people.sato, name="訪問入浴 こみち", fax="0123-45-9999", phone="0123-45-9998")
    request = make_request(people.sato, facility, need="車いすで伺います")
    asking = on(people.sato)

    asking.goto(f"/e/{people.environment.slug}/visits/requests/{request.pk}/")
    look_at(asking, "request")
    asking.get_by_role("link", name="依頼書を印刷").click()
    asking.get_by_label("回答の返信先のFAX番号").fill("0123-45-6789")
    look_at(asking, "sheet")
    # A PDF is opened by the browser's own reader, which no test can look into: the form is sent beside it.
    token = asking.locator("form [name=csrfmiddlewaretoken]").last.input_value()
    sent = {"csrfmiddlewaretoken": token, "fax": "0123-45-6789"}
    printed = asking.request.post(asking.url, form=sent, headers={"Referer": asking.url})
    assert printed.headers["content-type"] == "application/pdf"
    if PICTURES:
        (Path(PICTURES) / "sheet.pdf").write_bytes(printed.body())
    code = RequestSheet.objects.get().sheet.code

    # Whoever holds the sheet has no account: a browser that nobody has signed in to.
    facilitys = asking.context.browser.new_context(locale="ja-JP", viewport=asking.viewport_size).new_page()
    facilitys.goto(asking.url.split("/e/")[0] + f"/s/{code}/")
    look_at(facilitys, "door")
    facilitys.get_by_label("どの時間も都合が合わない").check()
    facilitys.get_by_role("button", name="送信").click()
    look_at(facilitys, "door-without-reason")
    facilitys.get_by_role("radio").first.check()
    facilitys.get_by_role("button", name="送信").click()
    expect(facilitys.get_by_role("heading", level=1)).to_contain_text("ありがとう")

    assert Visit.objects.booked().get().slot.proposal == 1
    asking.goto(f"/e/{people.environment.slug}/visits/requests/{request.pk}/")
    look_at(asking, "answered")
    expect(asking.get_by_text("用紙のコードで回答")).to_be_visible()
