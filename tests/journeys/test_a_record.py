"""What is written of a client, on a phone and at a desk: read by everybody, opened, changed by two at once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.audit.models import Entry
from apps.clients import actions
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble

NUMBER = "0001234567"


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        actions.write_number(client=cast.hana, certificate="insured", number=NUMBER, by=cast.sato)
        makers.make_certification(cast.hana, by=cast.sato, last_day=timezone.localdate() + timedelta(days=20))
        makers.make_contact(cast.hana, by=cast.sato, is_key_person=True)
        yield cast


@pytest.fixture(params=["phone", "desk"])
def on(request, on_phone, on_desk):
    return on_phone if request.param == "phone" else on_desk


def record(people: Cast) -> str:
    return f"/e/{people.environment.slug}/clients/{people.hana.pk}/"


def test_every_page_of_a_record_fits_and_can_be_used(on, people):
    page, hana = on(people.sato), record(people)
    actions.edit_client(client=people.hana, facts={"area": "黒沢尻"}, version=1, by=people.tanaka)
    contact = people.hana.contacts.get()
    for address in (
        *(hana, f"{hana}edit/", f"{hana}history/", f"{hana}numbers/", f"{hana}certifications/", f"{hana}contacts/"),
        *(f"{hana}contacts/{contact.pk}/", f"{hana}contacts/{contact.pk}/end/", f"{hana}../renewals/"),
    ):
        page.goto(address)
        settled(page)
        assert_fits(page)
        assert_everybody_can_use(page)


def test_a_child_is_written_about_as_one_finds_a_place_for_them(on, people):
    child = makers.make_client(
        people.environment, seats=[], division=people.city, name="森下 みお", kana="もりした みお", born_on="2022-05-14"
    )
    page = on(people.tanaka)
    page.goto(f"/e/{people.environment.slug}/clients/{child.pk}/edit/")
    settled(page)
    assert_fits(page)
    assert_everybody_can_use(page)
    for choice in ("月曜日", "水曜日", "送迎"):
        page.get_by_role("checkbox", name=choice).check()
    page.get_by_label("学区").fill("第二小学校区")
    page.get_by_role("button", name="保存する").click()
    for said in ("第二小学校区", "月曜日、水曜日", "送迎"):
        expect(page.get_by_text(said, exact=True).first).to_be_visible()


def test_a_number_is_opened_in_its_place_and_gone_when_the_page_is(on, people):
    page: Page = on(people.suzuki)
    page.goto(record(people))
    settled(page)
    expect(page.get_by_text("•••••••567")).to_be_visible()
    assert NUMBER not in page.content()

    page.get_by_role("button", name="表示").click()
    expect(page.get_by_text(NUMBER)).to_be_visible()
    assert_fits(page)
    assert NUMBER not in page.url
    assert Entry.objects.filter(verb="clients.number_opened", member_id=people.suzuki.pk).count() == 1

    page.reload()
    settled(page)
    assert NUMBER not in page.content()


def test_of_two_who_edit_at_once_the_second_is_told_and_loses_nothing(on_desk, people):
    sato, tanaka = on_desk(people.sato), on_desk(people.tanaka)
    for page in (sato, tanaka):
        page.goto(f"{record(people)}edit/")
        settled(page)
    tanaka.get_by_label("氏名").fill("佐々木 花")
    tanaka.get_by_role("button", name="保存する").click()
    expect(tanaka.get_by_text("保存しました。")).to_be_visible()

    sato.get_by_label("地区").fill("黒沢尻")
    sato.get_by_role("button", name="保存する").click()
    expect(sato.get_by_text(people.tanaka.name)).to_be_visible()
    expect(sato.get_by_label("地区")).to_have_value("黒沢尻")
    expect(sato.get_by_label("氏名")).to_have_value("佐々木 花")
    assert_everybody_can_use(sato)

    sato.get_by_role("button", name="保存する").click()
    expect(sato.get_by_role("heading", name="佐々木 花")).to_be_visible()
    people.hana.refresh_from_db()
    assert (people.hana.name, people.hana.area) == ("佐々木 花", "黒沢尻")
