"""C5 and C6: somebody leaves and the work passes on; every quarter it is asked who still needs their access."""

import re
from collections.abc import Iterator

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.accounts import actions as accounts
from apps.accounts.models import Device
from apps.clients import actions as clients
from apps.clients.models import Client, Responsibility, Transfer
from apps.environments.models import Member
from apps.handovers import actions
from apps.handovers.models import ReviewedPlace
from apps.rooms.access import rooms_readable_by
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.cast import Cast, assemble
from tests.saying import say


@pytest.fixture
def people(transactional_db: None) -> Iterator[Cast]:
    cast = assemble()
    with scope(environment=cast.environment):
        yield cast


@pytest.fixture
def okada(people: Cast) -> Member:
    return makers.make_member(
        people.hidamari, makers.make_user("okada"), name="岡田 実", kana="おかだ みのる", profession="care_manager"
    )


@pytest.fixture(params=["phone", "desk"])
def on(request, on_phone, on_desk):
    return on_phone if request.param == "phone" else on_desk


def look_at(page: Page) -> None:
    settled(page)
    assert_fits(page)
    assert_everybody_can_use(page)


def test_c5_somebody_leaves_in_one_action_and_every_screen_of_theirs_is_dead(on_phone, on_desk, people, okada):
    person = makers.make_team_member(people.hana.seats.get(organization=people.hidamari), people.sato, "care_manager")
    clients.name_responsible(person=person, by=people.tanaka)
    say(people.room, people.sato, "来月の担当者会議は15日です。")
    accounts.enrol_authenticator_app(user=people.sato.user, secret="JBSWY3DPEHPK3PXP", by=None)
    accounts.register_device(user=people.sato.user, name="phone", by=people.sato.user)
    here = f"/e/{people.environment.slug}"
    phone, desk = on_phone(people.sato), on_desk(people.ito)
    phone.goto(f"{here}/rooms/{people.room.pk}/")
    expect(phone.locator(".message")).to_have_count(1)

    desk.goto(f"{here}/members/{people.sato.pk}/")
    desk.get_by_role("link", name="参加を終了").click()
    desk.get_by_role("radio", name=re.compile("岡田 実")).check()
    expect(desk.locator("#work")).to_contain_text("利用者1人の担当を、岡田 実さんに引き継ぎます。")
    expect(desk.locator("#work")).to_contain_text("1件のトークルームを、岡田 実さんに引き継ぎます。")
    look_at(desk)
    desk.get_by_role("button", name="参加を終了").click()

    expect(desk.get_by_role("heading", name="佐藤 花子（退職）")).to_be_visible()
    look_at(desk)
    # The page of the leaver clears itself: the socket is closed, and what is asked for leads to the door.
    expect(phone.locator(".message")).to_have_count(0)
    phone.goto(f"{here}/")
    expect(phone).to_have_url(re.compile("/accounts/"))
    assert not Device.objects.live().filter(user=people.sato.user).exists()

    assert Responsibility.objects.open().get(client=people.hana).person.member == okada
    assert rooms_readable_by(okada).get() == people.room
    colleague = on_phone(okada)
    colleague.goto(f"{here}/rooms/{people.room.pk}/")
    expect(colleague.locator(".message-author")).to_have_text("佐藤 花子（退職）")


def test_c5_a_change_of_organization_is_one_form(on, people, okada):
    page = on(people.ito)
    page.goto(f"/e/{people.environment.slug}/members/{people.sato.pk}/move/")
    page.locator("[name=organization]").select_option(label=people.aozora.name)
    page.get_by_role("radio", name=re.compile("岡田 実")).check()
    expect(page.locator("#work")).to_contain_text("岡田 実さん")
    look_at(page)
    page.locator("button[name=do]").click()

    expect(page.get_by_text(people.aozora.name).first).to_be_visible()
    assert Member.objects.current().get(user=people.sato.user).organization == people.aozora


def test_c5_a_mistaken_end_is_taken_back_on_the_same_day(on_desk, people):
    actions.leave(member=people.takahashi, successor=None, by=people.ito)
    page = on_desk(people.ito)
    page.goto(f"/e/{people.environment.slug}/members/{people.takahashi.pk}/")
    look_at(page)
    door = page.locator("dialog-door").last
    door.locator("> a").click()
    door.locator("dialog button").click()

    expect(page.get_by_role("heading", name="髙𣘺 みどり")).to_be_visible()
    assert Member.objects.current().filter(user=people.takahashi.user).count() == 1


def test_c6_a_quarterly_review_of_fifty_four_people_by_keyboard(on_desk, people):
    """An organization is one press; whoever is not needed is one more. 54 people."""
    for number in range(9):
        office = makers.make_organization(people.environment, f"事業所{number:02}", "day_service")
        for _ in range(5):
            makers.make_member(office, name="山田 太郎")
    makers.make_member(people.aozora)
    assert Member.objects.current().count() == 54
    page = on_desk(people.ito)
    page.goto(f"/e/{people.environment.slug}/members/")
    page.get_by_role("link", name="アカウントの点検").click()
    look_at(page)
    page.get_by_role("button", name="点検を始める").press("Enter")
    look_at(page)

    # Suspend one by the keyboard: to the radio buttons by Tab, to the second one by the arrow.
    takahashi = ReviewedPlace.objects.get(member=people.takahashi)
    page.locator(f"[name=answer-{takahashi.pk}]").first.focus()
    with page.expect_response("**/reviews/**"):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#progress progress")).to_have_attribute("value", "1")
    presses = 0
    while page.locator("button[name=keep_all]").count():
        button = page.locator("button[name=keep_all]").first
        value = button.get_attribute("value")
        # The page comes anew: until it has come whole, it shows fewer buttons than there are.
        with page.expect_navigation():
            button.press("Enter")
        expect(page.locator(f"button[name=keep_all][value='{value}']")).to_have_count(0)
        presses += 1
    # One for each organization that still waited, and no more: the only admin's own has nobody to ask about.
    assert (
        presses == people.environment.organizations.filter(members__in=Member.objects.current()).distinct().count() - 1
    )
    expect(page.locator("#progress progress")).to_have_attribute("value", "53")
    look_at(page)
    page.get_by_role("button", name="点検を締め切る").press("Enter")

    expect(page.locator("#progress button")).to_have_count(0)
    look_at(page)
    assert Member.objects.get(pk=people.takahashi.pk).is_suspended


def test_c6_a_reviewer_answers_on_a_phone_and_goes_on_later(on_phone, people, okada):
    review = actions.start_review(by=people.ito)
    actions.name_reviewer(review=review, organization=people.hidamari, member=okada, by=people.ito)
    page = on_phone(okada)
    page.goto(f"/e/{people.environment.slug}/reviews/{review.pk}/")
    place = ReviewedPlace.objects.get(member=people.sato, review=review)
    with page.expect_response("**/reviews/**"):
        page.locator(f"[name=answer-{place.pk}][value=keep]").check()
    look_at(page)

    page.reload()
    expect(page.locator(f"[name=answer-{place.pk}][value=keep]")).to_be_checked()
    expect(page.locator("main")).not_to_contain_text(people.suzuki.name)


def test_a_suspended_place_is_opened_again_in_one_press(on, people):
    review = actions.start_review(by=people.ito)
    place = ReviewedPlace.objects.get(review=review, member=people.takahashi)
    actions.answer(review=review, answers={place.pk: "suspend"}, by=people.ito)
    page = on(people.ito)
    page.goto(f"/e/{people.environment.slug}/members/{people.takahashi.pk}/")
    look_at(page)
    page.get_by_role("button", name="利用停止を解除").click()

    expect(page.get_by_role("button", name="利用停止を解除")).to_have_count(0)
    assert Member.objects.get(pk=people.takahashi.pk).is_current


def test_the_april_list_passes_to_another_division(on, people):
    target = makers.make_organization(people.environment, "さくら川市 こども家庭課", "city_division")
    makers.make_member(target, role="desk")
    makers.make_client(people.environment, seats=[], division=people.city, name="高田 サチ", kana="たかだ さち")
    page = on(people.tanaka)
    page.goto(f"/e/{people.environment.slug}/clients/")
    page.get_by_role("link", name="所管課の変更").click()
    look_at(page)
    page.get_by_role("link", name="所管課を変更").click()
    page.locator("[name=target]").select_option(label=target.name)
    page.get_by_role("checkbox", name="高田 サチ").check()
    look_at(page)
    page.get_by_role("button", name="チェックのない利用者の所管課を変更").click()

    expect(page.get_by_text(people.hana.name).first).to_be_visible()
    look_at(page)
    transfer = Transfer.objects.get()
    assert [line.client for line in transfer.lines.select_related("client")] == [people.hana]
    assert Client.objects.get(pk=people.hana.pk).division == people.city
    page.get_by_role("button", name="変更を取り消す").click()
    expect(page.get_by_text("取消済み")).to_be_visible()
