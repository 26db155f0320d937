"""Somebody looks for an office, on a phone and at a desk, and for the keyboard alone."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from apps.directory.actions import import_once
from apps.directory.shipped import shipped_files
from tests.browsing import assert_everybody_can_use, assert_fits, settled

OFFICES = "/e/sakuragawa-care/directory/"


@pytest.fixture
def people(transactional_db, cast):
    """The cast, with the shipped offices of 北上市 around them."""
    for shipped in shipped_files():
        import_once(path=shipped.path, edition_on=shipped.edition_on)
    return cast


@pytest.mark.parametrize("device", ["on_phone", "on_desk"])
def test_an_office_is_found_and_read(people, device, request):
    page = request.getfixturevalue(device)(people.sato)
    page.goto(OFFICES)
    assert_everybody_can_use(page)
    assert_fits(page)

    page.get_by_role("searchbox").fill("ｹｱﾌﾟﾗﾝ")
    settled(page)
    expect(page.get_by_role("rowheader").first).to_contain_text("ケアプラン")
    found = page.get_by_role("rowheader").first.get_by_role("link")
    name = found.inner_text()
    found.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    assert_everybody_can_use(page)
    assert_fits(page)


def test_an_empty_result_leads_further(people, on_phone):
    page = on_phone(people.sato)
    page.goto(f"{OFFICES}?q=存在しない名前&municipality=032069")
    assert_everybody_can_use(page)

    page.locator(".empty").get_by_role("link").click()

    expect(page).to_have_url(re.compile(r"[?&]municipality=$"))


def test_the_results_change_while_a_person_types_and_the_address_with_them(people, on_desk):
    page = on_desk(people.tanaka)
    page.goto(OFFICES)

    page.get_by_role("searchbox").press_sequentially("けあぷらん")
    expect(page).to_have_url(re.compile("q=" + quote("けあぷらん")))
    expect(page.get_by_role("row").nth(1)).to_contain_text("ケアプラン")
    page.go_back()

    expect(page).to_have_url(re.compile(f"{OFFICES}$"))
    expect(page.get_by_role("searchbox")).to_have_value("")
