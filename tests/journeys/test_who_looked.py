"""Journeys C1 and C3: an auditor asks who looked at a client, and the family reads it on paper's word."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.audit import actions as audit
from apps.audit.models import Entry
from apps.audit.origin import Origin, coming_from
from apps.oversight.models import FamilyCode
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.oversight.makers import make_unusual

BASE = "/e/sakuragawa-care/"
LEDGER = f"{BASE}ledger/entries/"


def picture(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def looked_at(transactional_db, cast):
    """Three weeks in which people looked at hana, one of them at night."""
    now = timezone.now()
    with coming_from(Origin(channel="page", address="192.0.2.7", agent="0123456789abcdef")):
        audit.opened(cast.hana, by=cast.sato)
    for days in range(1, 20):
        person = (cast.sato, cast.suzuki, cast.tanaka)[days % 3]
        for nth in range(days % 4 + 1):
            Entry(
                verb=("clients.opened", "rooms.opened", "rooms.file_opened", "records.taken_out")[nth],
                recorded_at=now - timedelta(days=days, hours=nth),
                environment_id=cast.environment.pk,
                member_id=person.pk,
                organization_id=person.organization_id,
                role=person.role,
                client_id=cast.hana.pk,
                purpose="support",
                channel="page",
                address="192.0.2.8",
                agent="fedcba9876543210",
            ).save(force_insert=True)
    return cast


def test_an_auditor_asks_who_looked_at_a_client(looked_at, on_desk):
    desk = on_desk(looked_at.ishii)
    desk.goto(f"{BASE}ledger/")
    desk.get_by_role("link", name="だれが見たか").click()
    desk.get_by_role("link", name="利用者・職員を選ぶ").click()
    desk.get_by_label("利用者または職員の名前").fill(looked_at.hana.kana.split()[0])
    desk.get_by_role("button", name="検索").click()
    assert_everybody_can_use(desk)
    picture(desk, "whom-desk")
    desk.get_by_role("link", name=looked_at.hana.name).click()

    first = desk.locator("tbody tr").filter(has_text="192.0.2.7")
    for words in ("佐藤 花子", "ひだまりケアプラン", "利用者の記録を開きました", "支援"):
        expect(first).to_contain_text(words)
    assert looked_at.hana.name not in desk.url
    assert_everybody_can_use(desk)
    assert_fits(desk)
    picture(desk, "entries-desk")

    desk.get_by_text("この質問を保存する").first.click()
    desk.get_by_label("質問の名前").fill("四半期の確認")
    desk.get_by_role("button", name="この質問を保存する").click()
    desk.get_by_text("保存した質問").click()
    expect(desk.get_by_role("link", name="四半期の確認")).to_be_visible()
    # The auditor's own question is in the ledger, and on this page.
    expect(desk.get_by_text("監査ログを調べました").first).to_be_visible()
    desk.emulate_media(color_scheme="dark")
    picture(desk, "entries-desk-dark")


def test_the_ledger_answers_on_a_phone(looked_at, on_phone):
    phone = on_phone(looked_at.ishii)
    phone.goto(f"{LEDGER}?client={looked_at.hana.pk}")
    phone.get_by_text("条件で絞り込む").click()
    expect(phone.get_by_label("アクセス元")).to_have_count(0)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "entries-phone")
    phone.emulate_media(color_scheme="dark")
    picture(phone, "entries-phone-dark")


def test_an_auditor_reviews_what_is_unusual(looked_at, on_desk, on_phone):
    make_unusual(looked_at.sato, client=looked_at.hana, rule="relatives")
    make_unusual(looked_at.suzuki, rule="hours", days=-7)
    phone = on_phone(looked_at.ishii)
    phone.goto(f"{BASE}ledger/unusual/")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "unusual-phone")
    desk = on_desk(looked_at.ishii)
    desk.goto(f"{BASE}ledger/")
    desk.get_by_role("link", name="気になる閲覧").click()
    picture(desk, "unusual-desk")
    desk.get_by_role("link", name="鈴木 一郎").click()
    desk.get_by_label("業務として必要な閲覧だった").check()
    desk.get_by_label("確認した内容").fill("夜間の電話に応じたとのことでした。")
    assert_everybody_can_use(desk)
    picture(desk, "review-desk")
    desk.get_by_role("button", name="確認の結果を記録する").click()
    expect(desk.get_by_text("確認済み")).to_be_visible()
    desk.emulate_media(color_scheme="dark")
    picture(desk, "unusual-desk-dark")


def test_the_family_reads_who_looked_and_asks_what_it_was(looked_at, on_desk, on_phone):
    desk = on_desk(looked_at.tanaka)
    desk.goto(f"{BASE}clients/{looked_at.hana.pk}/")
    desk.get_by_role("link", name="家族に見せる閲覧の記録").click()
    desk.get_by_label("どなたの求めですか").fill("長女")
    desk.get_by_label("顔写真付きの証明書（運転免許証など）").check()
    assert_everybody_can_use(desk)
    assert_fits(desk)
    desk.get_by_role("button", name="紙をつくる").click()
    expect(desk.get_by_role("link", name="印刷")).to_be_visible()
    picture(desk, "codes-desk")

    phone = on_phone()
    phone.goto(f"/f/{FamilyCode.objects.get().code}/")
    expect(phone.get_by_text("訪問看護師").first).to_be_visible()
    expect(phone.get_by_text("鈴木 一郎")).to_have_count(0)
    assert_everybody_can_use(phone)
    assert_fits(phone)
    picture(phone, "family-phone")
    phone.locator("form button[data-size=small]").first.click()
    expect(phone.get_by_text("質問を受け付けました")).to_be_visible()

    admin = on_desk(looked_at.ito)
    admin.goto(f"{BASE}ledger/family/")
    assert_everybody_can_use(admin)
    picture(admin, "family-asked-desk")
    admin.get_by_role("link", name="回答する").click()
    admin.get_by_label("ご家族への回答").fill("訪問の準備のために見ました。")
    admin.get_by_role("button", name="回答を送る").click()
    expect(admin.get_by_text("訪問の準備のために見ました。")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("訪問の準備のために見ました。")).to_be_visible()
    phone.emulate_media(color_scheme="dark")
    picture(phone, "family-phone-dark")
