"""A client is marked as protected while others have them on a screen: places, names and papers go within seconds."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.clients import actions
from apps.clients.models import Client
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble

AREA, TITLE = "黒沢尻三丁目", "黒沢尻三丁目の家屋図"


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        Client.objects.filter(pk=cast.hana.pk).update(area=AREA)
        makers.make_paper(cast.hana, by=cast.sato, title=TITLE, kind="assessment")
        yield cast


def at(page: Page, path: str) -> Page:
    page.goto(path)
    return settled(page)


def test_places_and_papers_leave_every_open_page(on_phone, on_desk, people):
    here = f"/e/{people.environment.slug}"
    hana = f"{here}/clients/{people.hana.pk}/"
    manager, nurse, clerk = on_phone(people.sato), on_desk(people.suzuki), on_desk(people.tanaka)
    at(manager, f"{hana}papers/")
    at(nurse, f"{here}/clients/")
    expect(manager.get_by_text(TITLE).first).to_be_visible()
    expect(nurse.get_by_text(AREA).first).to_be_visible()

    at(clerk, f"{hana}places/")
    clerk.locator("form[action$='/protection/'] button").click()

    for page in (manager, nurse):
        expect(page.get_by_text(AREA)).to_have_count(0)
        expect(page.get_by_text(people.hana.name).first).to_be_visible()
    expect(manager.get_by_text(TITLE)).to_have_count(0)
    expect(manager.get_by_text("所在がわかる記載がある")).to_be_visible()
    assert_fits(manager)
    assert_everybody_can_use(manager)


def test_who_knows_the_places_lets_the_others_open_a_paper_and_takes_it_back(on_phone, on_desk, people):
    papers = f"/e/{people.environment.slug}/clients/{people.hana.pk}/papers/"
    actions.protect_client(client=people.hana, by=people.tanaka)
    closes = {"closes_at": timezone.now() + timedelta(days=30)}
    clerk = makers.make_member(people.city, role="desk")
    makers.make_petition(people.hana, by=people.suzuki, first_by=people.tanaka, second_by=clerk, **closes)

    nurse, manager = at(on_phone(people.suzuki), papers), at(on_desk(people.sato), papers)
    expect(manager.get_by_text(TITLE)).to_have_count(0)
    nurse.get_by_role("button", name="場所の記載なしと確認する").click()
    expect(nurse.get_by_text("この書類に場所の記載はありません")).to_be_visible()
    assert_fits(nurse)
    assert_everybody_can_use(nurse)

    expect(manager.get_by_text(TITLE).first).to_be_visible()
    nurse.get_by_role("button", name="再び非表示にする").click()
    expect(manager.get_by_text(TITLE)).to_have_count(0)


def test_what_somebody_is_writing_stays_and_can_be_sent(on_phone, on_desk, people):
    here = f"/e/{people.environment.slug}"
    nurse, clerk = on_phone(people.suzuki), on_desk(people.tanaka)
    at(nurse, f"{here}/rooms/{people.room.pk}/")
    was = nurse.locator("main").element_handle()
    nurse.locator(".composer textarea").fill("明日の訪問は10時です")

    at(clerk, f"{here}/clients/{people.hana.pk}/places/")
    clerk.locator("form[action$='/protection/'] button").click()

    nurse.wait_for_function("was => !was.isConnected", arg=was)
    expect(nurse.locator(".composer textarea")).to_have_value("明日の訪問は10時です")
    nurse.locator(".composer button[type=submit]").click()
    expect(nurse.locator(".message", has_text="明日の訪問は10時です")).to_be_visible()
