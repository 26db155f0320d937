"""Journey C1, its second half: what was found leaves the house, as a table and as a signed report; and who may open what."""

import csv
import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asn1crypto import pem
from asn1crypto.x509 import Certificate
from django_scopes import scope
from playwright.sync_api import expect
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from apps.audit import actions as audit
from apps.audit.models import Entry
from apps.audit.origin import Origin, coming_from
from apps.clients import actions as clients
from apps.oversight.actions import make_export
from apps.oversight.models import Export
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits

BASE = "/e/sakuragawa-care/"


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def looked_at(transactional_db, cast):
    with coming_from(Origin(channel="page", address="192.0.2.7", agent="0123456789abcdef")):
        for person in (cast.sato, cast.suzuki, cast.tanaka):
            audit.opened(cast.hana, by=person)
    return cast


def made(people):
    with scope(environment=people.environment):
        make_export(export_id=Export.objects.get(made_at=None).pk)


def downloaded(page, locator) -> bytes:
    with page.expect_download() as coming:
        locator.click()
    return Path(coming.value.path()).read_bytes()


def is_signed(report: bytes, certificate: bytes) -> bool:
    """As a reader of PDFs judges who trusts the certificate; in a thread, because the library opens a loop of its own."""
    _kind, _head, der = pem.unarmor(certificate)
    trusted = ValidationContext(trust_roots=[Certificate.load(der)], allow_fetching=False)
    signature = PdfFileReader(io.BytesIO(report)).embedded_signatures[0]
    with ThreadPoolExecutor(max_workers=1) as alone:
        return bool(alone.submit(validate_pdf_signature, signature, trusted).result().bottom_line)


def test_an_auditor_takes_out_who_looked_as_a_table_and_as_a_signed_report(looked_at, on_desk):
    desk = on_desk(looked_at.ishii)
    desk.goto(f"{BASE}ledger/entries/?client={looked_at.hana.pk}")
    desk.get_by_role("link", name="書き出す").click()
    expect(desk.get_by_text("まだ書き出したものはありません")).to_be_visible()
    expect(desk.get_by_text(looked_at.hana.name)).to_be_visible()
    assert_everybody_can_use(desk)
    assert_fits(desk)
    picture(desk, "exports-empty-desk")

    desk.get_by_role("button", name="ファイルを作成する").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    picture(desk, "exports-making-desk")
    made(looked_at)
    download = desk.get_by_role("link", name="ダウンロード 表計算ソフト用の表").first
    expect(download).to_be_visible()
    content = downloaded(desk, download)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert {"佐藤 花子", "鈴木 一郎", "田中 茂"} <= {row[3] for row in rows[1:-1]}
    assert hashlib.sha256(content).hexdigest() == Export.objects.get().sha256

    desk.get_by_label("電子署名付きの報告書（PDF）").check()
    desk.get_by_role("button", name="ファイルを作成する").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    made(looked_at)
    report = downloaded(desk, desk.get_by_role("link", name="ダウンロード 電子署名付きの報告書").first)
    desk.reload()
    certificate = downloaded(desk, desk.get_by_role("link", name="証明書をダウンロードする"))
    assert is_signed(report, certificate)
    assert_everybody_can_use(desk)
    assert_fits(desk)
    picture(desk, "exports-desk")
    desk.emulate_media(color_scheme="dark")
    assert_everybody_can_use(desk)
    picture(desk, "exports-desk-dark")
    assert Entry.objects.filter(verb="oversight.export_taken_out", member_id=looked_at.ishii.pk).count() == 2
    if folder := os.environ.get("SHOTS"):
        (Path(folder) / "report.pdf").write_bytes(report)


def test_the_files_are_there_on_a_phone_too(looked_at, on_phone):
    phone = on_phone(looked_at.ishii)
    phone.goto(f"{BASE}ledger/exports/?client={looked_at.hana.pk}")
    phone.get_by_role("button", name="ファイルを作成する").click()
    expect(phone.get_by_role("progressbar")).to_be_visible()
    made(looked_at)
    expect(phone.get_by_role("link", name="ダウンロード").first).to_be_visible()
    phone.get_by_text("件数とハッシュ値", exact=True).click()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "exports-phone")


def test_an_auditor_sees_who_may_open_a_record_and_why(looked_at, on_desk, on_phone):
    with scope(environment=looked_at.environment):
        makers.make_consent(looked_at.hana, by=looked_at.sato, kinds=["home_help_office"])
        clients.open_by_hand(client=looked_at.hana, member=looked_at.takahashi, by=looked_at.sato)
    desk = on_desk(looked_at.ishii)
    desk.goto(f"{BASE}ledger/")
    desk.get_by_role("link", name="だれが見られるか").click()
    expect(desk.get_by_text("記録を見られる人、またはその職員が見られる記録を")).to_be_visible()
    desk.get_by_role("link", name="利用者・職員を選ぶ").click()
    desk.get_by_label("利用者または職員の名前").fill(looked_at.hana.kana.split()[0])
    desk.get_by_role("button", name="検索").click()
    desk.get_by_role("link", name=looked_at.hana.name).click()

    row = desk.locator("tbody tr").filter(has_text="佐藤 花子")
    expect(row).to_contain_text("支援チームの機関の職員（同意あり）")
    expect(row).to_contain_text("福祉課 2026-12")
    assert_everybody_can_use(desk)
    assert_fits(desk)
    picture(desk, "access-client-desk")
    row.get_by_role("link", name="佐藤 花子").click()
    expect(desk.locator("tbody tr")).to_contain_text(looked_at.hana.name)
    picture(desk, "access-person-desk")

    phone = on_phone(looked_at.ishii)
    phone.goto(f"{BASE}ledger/access/?client={looked_at.hana.pk}&against=2026-01-05")
    expect(phone.get_by_text("増えた").first).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "access-difference-phone")
    phone.emulate_media(color_scheme="dark")
    assert_everybody_can_use(phone)
    picture(phone, "access-difference-phone-dark")
    desk.goto(f"{BASE}ledger/access/?client={looked_at.hana.pk}&against=2026-01-05")
    picture(desk, "access-difference-desk")
