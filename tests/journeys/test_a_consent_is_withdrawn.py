"""A consent is withdrawn at the desk: screens that rested on it close within seconds and say why, and what the law keeps
stays within reach."""

import re
from collections.abc import Iterator

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.clients.models import ConsentRecord
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble
from tests.clients import scans

WITHDRAWN = re.compile("同意を撤回したため")


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        makers.make_paper(cast.hana, by=cast.sato, title="サービス担当者会議の要点")
        yield cast


def at(page: Page, path: str) -> Page:
    page.goto(path)
    return settled(page)


def test_withdrawn_at_the_desk_it_closes_every_open_screen_and_says_why(on_phone, on_desk, people):
    here = f"/e/{people.environment.slug}"
    hana = f"{here}/clients/{people.hana.pk}/"
    nurse, manager, desk = on_phone(people.suzuki), on_phone(people.sato), on_desk(people.tanaka)
    at(nurse, f"{here}/rooms/{people.room.pk}/")
    expect(nurse.get_by_text(people.hana.name).first).to_be_visible()
    at(manager, f"{hana}papers/")
    expect(manager.locator(".list-title", has_text="サービス担当者会議の要点")).to_be_visible()
    assert manager.request.get(f"{hana}papers/1/preview/").status == 200

    at(desk, f"{hana}consents/")
    desk.get_by_role("link", name=re.compile("撤回")).first.click()
    question = desk.locator("dialog[open]")
    question.get_by_role("textbox").fill("窓口で申し出")
    question.get_by_role("button", name="撤回").click()

    for page in (nurse, manager):
        expect(page.get_by_text(WITHDRAWN)).to_be_visible()
        expect(page.get_by_text(people.hana.name)).to_have_count(0)
        assert_fits(page)
        assert_everybody_can_use(page)
    expect(manager.get_by_text("サービス担当者会議の要点")).to_have_count(0)
    for path in (f"{hana}papers/1/", f"{hana}papers/1/preview/", hana, f"{here}/rooms/{people.room.pk}/"):
        assert manager.request.get(path).status == 404
    assert not ConsentRecord.objects.in_force().filter(client=people.hana).exists()


def test_the_office_keeps_its_own_and_the_auditor_reaches_the_record_with_a_basis(on_phone, on_desk, people):
    here = f"/e/{people.environment.slug}"
    ConsentRecord.objects.update(withdrawn_at=people.consent.recorded_at, withdrawn_by=people.tanaka)

    manager = at(on_phone(people.sato), f"{here}/clients/")
    manager.get_by_role("link", name="法令による保存記録").click()
    manager.get_by_role("link", name=re.compile(people.hana.name)).click()
    expect(manager.get_by_text(re.compile("29条"))).to_be_visible()
    expect(manager.get_by_text("サービス担当者会議の要点")).to_be_visible()
    assert_fits(manager)
    assert_everybody_can_use(manager)

    auditor = at(on_desk(people.ishii), f"{here}/clients/")
    auditor.get_by_role("link", name="記録の監査").click()
    auditor.get_by_text(re.compile("安全管理に関する監査")).click()
    auditor.get_by_label(re.compile("文書番号")).fill("監査計画 8-2")
    auditor.get_by_label(re.compile("対象の利用者")).fill("ささき")
    auditor.get_by_role("button", name="検索").click()
    auditor.get_by_text(people.hana.name).click()
    auditor.get_by_role("button", name="記録を開く").click()
    expect(auditor.get_by_text("監査計画 8-2")).to_be_visible()
    expect(auditor.get_by_text("撤回").first).to_be_visible()
    expect(auditor.get_by_text("サービス担当者会議の要点")).to_have_count(0)
    assert_fits(auditor)
    assert_everybody_can_use(auditor)


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_papers_are_added_by_hand_and_every_page_fits(on_phone, on_desk, people, device):
    page = (on_phone if device == "phone" else on_desk)(people.sato)
    hana = f"/e/{people.environment.slug}/clients/{people.hana.pk}/"
    at(page, f"{hana}papers/new/")
    photo = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": scans.photo(colour=(90, 20, 40))}
    page.locator("input[type=file]").set_input_files(photo)  # type: ignore[arg-type]
    page.get_by_text("フェイスシート").click()
    assert_fits(page)
    assert_everybody_can_use(page)
    page.get_by_role("button", name="追加").click()

    expect(page.get_by_text("IMG_2041.jpg").first).to_be_visible()
    expect(page.locator("img.paper-preview")).to_have_count(2)
    page.wait_for_function(
        "() => [...document.querySelectorAll('img.paper-preview')].every(one => one.naturalWidth > 0)"
    )
    assert_fits(page)
    assert_everybody_can_use(page)
    for path in ("consents/", "consents/new/"):
        at(page, f"{hana}{path}")
        assert_fits(page)
        assert_everybody_can_use(page)
