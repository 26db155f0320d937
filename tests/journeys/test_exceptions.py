"""C4: an emergency opens a client for two hours, under everybody's eyes. B7: nobody learns where a protected child is."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.clients import actions
from apps.clients.models import Client, LegalException, Petition
from apps.environments.models import Member
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble

PLACE = "黒沢尻三丁目"


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        yield cast


@pytest.fixture
def nurse(people: Cast) -> Member:
    station = makers.make_organization(people.environment, "ひばり訪問看護", "visiting_nurse_station")
    return makers.make_member(station, name="原 由美", kana="はら ゆみ", profession="visiting_nurse")


@pytest.fixture(params=["phone", "desk"])
def on(request, on_phone, on_desk):
    return on_phone if request.param == "phone" else on_desk


def looked_at(page: Page) -> None:
    settled(page)
    assert_fits(page)
    assert_everybody_can_use(page)


def test_an_emergency_opens_is_told_is_ended_and_is_judged(on_phone, on_desk, people, nurse):
    here = f"/e/{people.environment.slug}"
    phone = on_phone(nurse)
    phone.goto(f"{here}/clients/")
    phone.get_by_role("link", name="緊急時に開く").click()
    looked_at(phone)
    phone.locator("[name=name]").fill("ささき はな")
    phone.locator("[name=born_on]").fill("S17.3.9")
    phone.locator("[name=ground]").first.check()
    phone.locator("[name=purpose]").fill("訪問先で応答がない")
    phone.get_by_role("button", name="2時間開く").click()

    # The client's page with the red banner, whose time runs.
    phone.wait_for_url(f"**/clients/{people.hana.pk}/")
    expect(phone.locator(".emergency")).to_contain_text("緊急時の閲覧中")
    expect(phone.locator(".time-left")).to_contain_text(re.compile(r"残り 1:5\d:\d\d"))
    looked_at(phone)

    # The auditor is told, and judges without learning who it is.
    desk = on_desk(people.ishii)
    desk.goto(f"{here}/notices/")
    desk.get_by_role("button", name=re.compile("緊急時の閲覧として開かれました")).click()
    desk.wait_for_url("**/exceptions/*/")
    expect(desk.get_by_text(nurse.name)).to_be_visible()
    expect(desk.get_by_text(people.hana.name)).to_have_count(0)
    looked_at(desk)
    desk.locator("[name=verdict][value=yes]").check()
    desk.locator("[name=note]").fill("安否確認に必要だった")
    desk.get_by_role("button", name="結果を記録する").click()
    desk.goto(f"{here}/exceptions/")
    expect(desk.locator(".exception-state")).to_contain_text("妥当")
    looked_at(desk)

    # The admin ends it: the nurse's open screen loses the client.
    actions.end_exception(exception=LegalException.objects.get(), by=people.ito)
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.get_by_text(people.hana.name)).to_have_count(0)


def test_when_the_two_hours_are_over_the_open_screen_closes_by_itself(on_phone, people, nurse):
    began = timezone.now() - timedelta(hours=2) + timedelta(seconds=12)
    makers.make_exception(people.hana, by=nurse, asked_at=began, opens_at=began, closes_at=began + timedelta(hours=2))
    phone = on_phone(nurse)
    phone.goto(f"/e/{people.environment.slug}/clients/{people.hana.pk}/")
    expect(phone.locator("h1")).to_contain_text(people.hana.name)

    expect(phone.get_by_text(people.hana.name)).to_have_count(0)


def test_a_report_is_asked_for_and_confirmed_by_a_second_person(on, people):
    center = makers.make_organization(people.environment, "中央地域包括支援センター", "community_support_center")
    worker = makers.make_member(center, name="岡田 恵", kana="おかだ めぐみ", profession="social_worker")
    page, here = on(worker), f"/e/{people.environment.slug}"
    page.goto(f"{here}/clients/report/")
    looked_at(page)
    page.locator("[name=name]").fill("佐々木 ハナ")
    page.locator("[name=born_on]").fill("S17.3.9")
    page.locator("[name=ground]").first.check()
    page.locator("[name=purpose]").fill("通報の事実確認")
    page.locator("[name=second]").select_option(label=f"{people.city.name}　{people.tanaka.name}")
    page.get_by_role("button", name="確認者に依頼する").click()
    page.wait_for_url("**/exceptions/*/")
    looked_at(page)

    second = on(people.tanaka)
    second.goto(f"{here}/exceptions/{LegalException.objects.get().pk}/")
    looked_at(second)
    second.get_by_role("button", name="確認して開く").click()
    expect(second.get_by_text("確認しました")).to_be_visible()

    page.goto(f"{here}/clients/{people.hana.pk}/")
    expect(page.locator(".emergency")).to_contain_text("通報義務により閲覧中")


def test_nobody_learns_where_a_protected_child_is_but_whom_two_others_let_in(on, people):
    Client.objects.filter(pk=people.hana.pk).update(area=PLACE)
    makers.make_place(people.hana, by=people.sato, text=f"さくら川市{PLACE}5-6")
    clerks = [makers.make_member(people.city, name=f"職員 {sign}", kana="しょくいん", role="desk") for sign in "一二"]
    places = f"/e/{people.environment.slug}/clients/{people.hana.pk}/places/"
    clerk = on(people.tanaka)
    clerk.goto(places)
    expect(clerk.get_by_text(PLACE).first).to_be_visible()
    looked_at(clerk)
    clerk.get_by_role("button", name="いますぐ非表示にする").click()

    expect(clerk.locator(".withheld")).to_be_visible()
    expect(clerk.get_by_text(PLACE)).to_have_count(0)
    looked_at(clerk)
    # No single clerk lifts it: who asks has no button to approve.
    clerk.locator("[name=reason]").fill("支援終了")
    clerk.get_by_role("button", name="支援措置の解除を申請する").click()
    expect(clerk.get_by_role("button", name=re.compile("承認する"))).to_have_count(0)
    actions.end_petition(petition=Petition.objects.get(), by=people.tanaka)

    manager = on(people.sato)
    manager.goto(places)
    expect(manager.get_by_text(PLACE)).to_have_count(0)
    manager.locator("[name=reason]").fill("家庭訪問")
    manager.get_by_role("button", name="場所の閲覧を申請する").click()
    looked_at(manager)
    for other in clerks:
        page = on(other)
        page.goto(places)
        page.get_by_role("button", name=re.compile("承認する")).click()
        expect(page.get_by_text(PLACE)).to_have_count(0)
    manager.goto(places)
    expect(manager.get_by_text(PLACE).first).to_be_visible()
