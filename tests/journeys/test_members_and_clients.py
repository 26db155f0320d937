"""An admin gives people their places, a care manager finds a client: on a phone and at a desk, usable by everybody."""

import re
from collections.abc import Iterator

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.clients.access import can_see
from apps.environments.models import Environment, Member
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble
from tests.environments.sheets import KIMURA, YAMAMOTO, csv_of
from tests.environments.test_opening import make_office


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        yield cast


@pytest.fixture(params=["phone", "desk"])
def on(request, on_phone, on_desk):
    return on_phone if request.param == "phone" else on_desk


def look_at(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    assert_fits(page)
    assert_everybody_can_use(page)


def test_every_page_of_members_fits_and_can_be_used(on, people):
    page, here = on(people.ito), f"/e/{people.environment.slug}"
    person = f"{here}/members/{people.takahashi.pk}/"
    for address in (
        *(f"{here}/members/", f"{here}/members/new/", f"{here}/members/import/", person, f"{person}end/"),
        *(f"{here}/organizations/", f"{here}/organizations/new/", f"{here}/organizations/offices/", "/environments/"),
    ):
        look_at(page, address)


def test_every_page_of_clients_and_notices_fits_and_can_be_used(on, people):
    page, here = on(people.sato), f"/e/{people.environment.slug}"
    hana = f"{here}/clients/{people.hana.pk}/"
    for address in (
        f"{here}/clients/",
        f"{here}/clients/new/",
        hana,
        f"{hana}team/",
        f"{hana}seats/",
        f"{hana}openings/",
        f"{hana}consents/",
        f"{hana}consents/new/",
        f"{hana}consents/{people.consent.pk}/withdrawal/",
        f"{here}/clients/expiring/",
        f"{here}/notices/",
    ):
        look_at(page, address)


def test_a_search_answers_while_somebody_types(on, people):
    page = on(people.sato)
    page.goto(f"/e/{people.environment.slug}/clients/")
    page.get_by_role("searchbox").press_sequentially("ささき")
    settled(page)
    expect(page.get_by_role("link", name=re.compile(people.hana.name))).to_be_visible()
    page.get_by_role("searchbox").fill("たかはし")
    expect(page.get_by_role("link", name=re.compile(people.hana.name))).to_have_count(0)
    assert "?" not in page.url


def test_a_dialog_asks_before_somebody_is_locked_out(on_phone, people):
    page = on_phone(people.ito)
    page.goto(f"/e/{people.environment.slug}/members/{people.takahashi.pk}/")
    door = page.locator("dialog-door").last

    door.locator("> a").click()
    expect(door.locator("dialog")).to_be_visible()
    assert_everybody_can_use(page)
    door.locator("[data-close]").click()
    expect(door.locator("dialog")).to_be_hidden()

    door.locator("> a").click()
    door.locator("dialog button").click()
    expect(page.locator(".secret")).to_be_visible()


def test_a_list_of_people_becomes_accounts_and_one_stack_of_slips(on_desk, people):
    page = on_desk(people.ito)
    page.goto(f"/e/{people.environment.slug}/members/import/")
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": csv_of(YAMAMOTO, KIMURA, encoding="cp932")}
    page.set_input_files("input[type=file]", files=[file])
    page.locator("main form button").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert_fits(page)
    assert_everybody_can_use(page)

    page.locator("main form button").first.click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert_everybody_can_use(page)
    assert Member.objects.filter(name__in=[YAMAMOTO[0], KIMURA[0]]).count() == 2
    sealed = page.locator("input[name=sealed]").input_value()
    token = page.locator("main input[name=csrfmiddlewaretoken]").input_value()
    url = page.locator("main form").get_attribute("action")
    pdf = page.request.post(
        str(url), form={"sealed": sealed, "csrfmiddlewaretoken": token}, headers={"Referer": page.url}
    )
    assert pdf.headers["content-type"] == "application/pdf"


def test_rows_that_need_correction_are_shown_with_their_sentences(on_phone, people):
    page = on_phone(people.ito)
    page.goto(f"/e/{people.environment.slug}/members/import/")
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": csv_of(["", "山本", "どこか", "", "", ""])}
    page.set_input_files("input[type=file]", files=[file])
    page.locator("main form button").click()
    expect(page.locator("tr[data-invalid]")).to_have_count(1)
    assert_fits(page)
    assert_everybody_can_use(page)


def test_a_seat_is_given_to_an_organization_found_by_its_reading(on_phone, people):
    makers.make_consent(people.hana, by=people.sato, organizations=[people.takahashi.organization])
    page = on_phone(people.sato)
    page.goto(f"/e/{people.environment.slug}/clients/{people.hana.pk}/seats/")
    page.get_by_role("searchbox").press_sequentially("みどり")
    found = page.locator("input[name=organization]")
    expect(found).to_have_count(1)
    found.check()
    page.locator("button[name=give]").click()
    page.wait_for_url(f"**/clients/{people.hana.pk}/team/")
    expect(page.get_by_text(people.takahashi.organization.name).first).to_be_visible()
    assert can_see(people.takahashi, people.hana)


def test_an_environment_stands_within_a_minute(on, people):
    municipality = people.environment.municipality
    municipality.kana, municipality.search_text = "きたかみし", "岩手県北上市\nキタカミシ"
    municipality.save(update_fields=["kana", "search_text"])
    make_office(municipality, "北上ケアプラン")
    make_office(municipality, "北上訪問看護", kind="13", number="0360600018")
    page = on(makers.make_user("operator", is_operator=True))

    page.goto("/environments/new/")
    page.get_by_role("searchbox").press_sequentially("きたかみ")
    settled(page)
    assert_everybody_can_use(page)
    page.get_by_role("link", name=re.compile("北上市")).click()
    page.locator("[name=division]").fill("長寿介護課")
    page.locator("[name=admin_name]").fill("菊池 誠")
    page.locator("[name=admin_kana]").fill("キクチ マコト")
    page.locator("[name=offices]").first.check()
    with page.expect_response("**/environments/new/offices/"):
        page.locator("[name=look]").fill("訪問")
    settled(page)
    expect(page.locator("[name=offices]:checked")).to_have_count(1)
    page.locator("[name=offices]").last.check()
    assert_fits(page)
    assert_everybody_can_use(page)
    page.locator(".form-foot button").click()

    expect(page.locator(".secret")).to_be_visible()
    assert_everybody_can_use(page)
    environment = Environment.objects.get(slug="kitakami-care")
    with scope(environment=environment):
        assert environment.organizations.count() == 3
