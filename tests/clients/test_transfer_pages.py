"""The pages of transfers: everybody in the division's charge a page at a time, who stays, and what becomes of the plan."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.clients import actions
from apps.clients.forms.transfers import next_april
from apps.clients.models import Transfer
from apps.kernel.paging import ROWS
from tests import makers
from tests.clients.addresses import address


@pytest.fixture
def yamamoto(cast):
    """The desk of the other division."""
    child_welfare = makers.make_organization(cast.environment, "さくら川市 こども家庭課", "city_division")
    return makers.make_member(child_welfare, name="山本 葵", kana="やまもと あおい", role="desk")


@pytest.fixture
def many(cast):
    return [
        makers.make_client(cast.environment, seats=[], division=cast.city, name=f"見本 {number}")
        for number in range(50)
    ]


def plan(cast, target, *clients, days=0):
    on = timezone.localdate() + timedelta(days=days)
    return actions.plan_transfer(clients={one.pk for one in clients}, target=target, on=on, by=cast.tanaka)


def test_the_page_shows_everybody_and_marks_who_leaves_already(cast, yamamoto, browser_of):
    makers.make_client(cast.environment, seats=[], division=cast.city, name="高田 サチ")
    plan(cast, yamamoto.organization, cast.hana, days=30)

    page = browser_of(cast.tanaka).get(address("new_transfer", cast)).content.decode()

    assert "高田 サチ" in page
    assert cast.hana.name in page
    assert page.count('type="checkbox" name="stays"') == 1
    assert page.count("checked") == 0
    assert next_april().isoformat() in page


def test_one_form_plans_it_and_a_press_takes_it_back(cast, yamamoto, browser_of):
    browser = browser_of(cast.tanaka)
    sent = {"target": str(yamamoto.organization_id), "on": next_april().isoformat(), "total": 1}

    answer = browser.post(address("new_transfer", cast), sent)
    transfer = Transfer.objects.get()

    assert answer.url == address("transfer", cast, transfer_id=transfer.pk)
    assert cast.hana.name in browser.get(answer.url).content.decode()
    assert cast.hana.name not in browser_of(yamamoto).get(answer.url).content.decode()
    assert browser.post(address("revoke_transfer", cast, transfer_id=transfer.pk)).status_code == 302
    assert Transfer.objects.get().revoked_by == cast.tanaka


def test_who_was_said_to_stay_stays_whatever_page_they_stood_on(cast, yamamoto, browser_of):
    """The list is turned by the same form: what was ticked and typed comes along."""
    for nth in range(ROWS + 1):
        makers.make_client(
            cast.environment, seats=[], division=cast.city, name=f"計測 {nth}", kana=f"けいそく {nth:03}"
        )
    browser, stays = browser_of(cast.tanaka), str(cast.hana.pk)
    first = browser.get(address("new_transfer", cast)).context["preview"]
    assert (len(first.rows), first.total) == (ROWS, ROWS + 2)

    sent = {"target": str(yamamoto.organization_id), "on": "R9.4.1", "total": str(first.total)}
    turned = browser.post(address("new_transfer", cast), {**sent, "stays": [str(first.rows[0].client.pk)], "page": "2"})
    assert turned.status_code == 200
    assert turned.context["preview"].kept == [first.rows[0].client.pk]
    assert "R9.4.1" in turned.content.decode()

    kept = [str(first.rows[0].client.pk), stays]
    assert browser.post(address("new_transfer", cast), {**sent, "stays": kept}).status_code == 302
    lines = Transfer.objects.get().lines
    assert lines.count() == ROWS
    assert not lines.filter(client__in=kept).exists()


def test_a_list_that_has_grown_since_it_was_shown_is_shown_again(cast, yamamoto, browser_of):
    sent = {"target": str(yamamoto.organization_id), "on": next_april().isoformat(), "total": 1}
    makers.make_client(cast.environment, seats=[], division=cast.city, name="高田 サチ")

    assert browser_of(cast.tanaka).post(address("new_transfer", cast), sent).status_code == 422
    assert not Transfer.objects.exists()


def test_what_was_typed_stays_and_the_trouble_is_named(cast, yamamoto, browser_of):
    sent = {"target": str(yamamoto.organization_id), "on": "R1.2.30", "total": 1}
    answer = browser_of(cast.tanaka).post(address("new_transfer", cast), sent)

    assert answer.status_code == 422
    assert "R1.2.30" in answer.content.decode()
    assert not Transfer.objects.exists()


def test_fifty_rows_ask_as_many_questions_as_one(cast, many, browser_of, django_assert_max_num_queries):
    browser = browser_of(cast.tanaka)
    browser.get(address("new_transfer", cast))
    with django_assert_max_num_queries(30):
        browser.get(address("new_transfer", cast))


def test_a_transfer_of_many_is_read_a_page_at_a_time_and_names_each_client_once(browser_of, cast):
    clients = makers.make_clients(120, by=cast.sato, division=cast.tanaka.organization)
    transfer = makers.make_transfer(cast.tanaka, clients)
    browser, path = browser_of(cast.tanaka), address("transfer", cast, transfer_id=transfer.pk)
    pages = [browser.get(f"{path}?page={number}").content.decode() for number in (1, 2, 3)]
    named = [client.name for client in clients for page in pages if f">{client.name}<" in page]
    assert sorted(named) == sorted(client.name for client in clients)


def test_clients_who_are_read_alike_and_born_on_one_day_stand_on_one_page_each(browser_of, cast):
    twins = [
        makers.make_client(
            cast.environment, seats=[], kana="ふたご おなじ", name=f"双子 {nth:03}", division=cast.tanaka.organization
        )
        for nth in range(70)
    ]
    browser, path = browser_of(cast.tanaka), address("list", cast)
    pages = [browser.get(f"{path}?page={number}").content.decode() for number in (1, 2)]
    named = [client.name for client in twins for page in pages if f">{client.name}<" in page]
    assert sorted(named) == sorted(client.name for client in twins)
