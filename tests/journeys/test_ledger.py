"""Journey C8: an auditor takes the ledger out and checks it at home, on a phone's page and on a desk's."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from apps.audit.seals import seal_all, sign_head
from tests.audit.deeds import done
from tests.browsing import assert_everybody_can_use, assert_fits

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def sealed(transactional_db, cast):
    done(cast, 30)
    seal_all()
    sign_head()
    return cast


def test_an_auditor_checks_the_ledger_at_home(sealed, on_desk, tmp_path):
    desk = on_desk(sealed.ishii)
    desk.goto(f"{BASE}")
    desk.get_by_role("link", name="監査ログ").first.click()
    expect(desk.get_by_text("署名した時と一致しています")).to_be_visible()
    fingerprint = desk.locator("dd .code").inner_text()
    assert_everybody_can_use(desk)
    assert_fits(desk)
    picture(desk, "ledger-desk")

    with desk.expect_download() as taken:
        desk.get_by_role("button", name="監査ログを書き出す").click()
    taken.value.save_as(tmp_path / "ledger.ndjson")
    with desk.expect_download() as program:
        desk.get_by_role("link", name="確認プログラムを受け取る").click()
    program.value.save_as(tmp_path / "verify_ledger.py")

    words = [sys.executable, "-I", "-S", "verify_ledger.py", "ledger.ndjson", "--key", fingerprint]
    answer = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout[:3]) == (0, "OK "), answer.stdout


def test_the_ledger_fits_a_phone(sealed, on_phone):
    phone = on_phone(sealed.ishii)
    phone.goto(f"{BASE}ledger/")
    expect(phone.get_by_role("button", name="監査ログを書き出す")).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "ledger-phone")


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
