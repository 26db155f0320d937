"""A room is handed over: asked for on a phone, followed while it is made, and taken out when it is there."""

import zipfile

import pytest
from django_scopes import scope
from playwright.sync_api import expect

from apps.audit.models import Entry
from apps.records.actions import make_disclosure
from apps.records.models import Disclosure
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import say


@pytest.fixture
def people(transactional_db, cast):
    say(cast.room, cast.suzuki, "血圧は132/78でした。")
    return cast


def test_a_package_is_asked_for_followed_and_taken_out(people, on_phone):
    phone = on_phone(people.sato)
    phone.goto(f"/e/sakuragawa-care/rooms/{people.room.pk}/disclosures/")
    phone.get_by_role("button", name="書き出しを作成").click()
    expect(phone.locator("[aria-invalid]").first).to_be_visible()
    assert_everybody_can_use(phone)

    phone.get_by_label("本人からの開示請求（事業者").check()
    phone.get_by_label("文書番号など").fill("開示第12号")
    phone.get_by_label("提供先").fill("佐々木 ハナ 様")
    phone.get_by_role("button", name="書き出しを作成").click()
    expect(phone.get_by_role("progressbar")).to_be_visible()
    assert_everybody_can_use(phone)
    assert_fits(phone)

    with scope(environment=people.environment):
        make_disclosure(disclosure_id=Disclosure.objects.get().pk)

    download = phone.get_by_role("link", name="ダウンロード")
    expect(download).to_be_visible()
    phone.emulate_media(color_scheme="dark")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    with phone.expect_download() as coming:
        download.click()
    with zipfile.ZipFile(coming.value.path()) as box:
        assert "トークルーム記録_01.pdf" in box.namelist()
    assert Entry.objects.filter(verb="records.disclosure_taken_out").count() == 1
