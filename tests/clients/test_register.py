"""Registering a client."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.ages import age_on
from apps.clients.models import Client
from tests.clients.addresses import address
from tests.clients.papers import registered as filled


def test_a_registered_client_is_seen_by_their_first_organization_only(browser_of, cast):
    answer = browser_of(cast.takahashi).post(address("new", cast), filled())

    client = Client.objects.get(name="高橋 正")
    assert answer.url == address("client", cast, client_id=client.pk)
    assert (client.kana, client.born_on, client.area) == ("たかはし ただし", date(1940, 5, 5), "黒沢尻")
    assert browser_of(cast.takahashi).get(answer.url).status_code == 200
    assert browser_of(cast.sato).get(answer.url).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sato", 200),
        ("tanaka", 200),
        ("ito", 403),
        ("ishii", 403),
        ("kobayashi", 403),
        ("matsumoto", 403),
        ("watanabe", 404),
    ],
)
def test_who_may_register(browser_of, cast, person, status):
    before = Client.objects.count()
    assert browser_of(cast[person]).get(address("new", cast)).status_code == status
    browser_of(cast[person]).post(address("new", cast), filled())
    assert (Client.objects.count() > before) is (status == 200)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("kana", ""),
        ("kana", "高橋"),
        ("born_on", ""),
        ("born_on", "S23.2.30"),
        ("born_on", "H1.1.7"),
        ("born_on", "いつか"),
        ("born_on", "1850-01-01"),
        ("born_on", "M20.1.1"),
        ("born_on", "2999-01-01"),
        ("area", "あ" * 81),
        ("name", "あ" * 200_000),
    ],
    ids=lambda value: value[:20],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_registered(browser_of, cast, field, value):
    before = Client.objects.count()
    answer = browser_of(cast.sato).post(address("new", cast), filled(**{field: value}))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Client.objects.count() == before


def test_every_trouble_with_a_date_has_a_sentence_of_its_own(browser_of, cast):
    said = set()
    for value in ("S23.2.30", "H1.1.7", "いつか", "1850-01-01", "2999-01-01"):
        page = browser_of(cast.sato).post(address("new", cast), filled(born_on=value)).content.decode()
        said.add(page.split('id="id_born_on_error"')[1].split("</p>")[0])
    assert len(said) == 5


def test_somebody_born_today_may_be_registered(browser_of, cast):
    assert (
        browser_of(cast.sato).post(address("new", cast), filled(born_on=timezone.localdate().isoformat())).status_code
        == 302
    )


@pytest.mark.parametrize(
    "alike", [{"name": "佐々木 ハナ", "kana": "べつの よみ"}, {"name": "佐佐木 花", "kana": "ササキ ハナ"}]
)
def test_somebody_of_the_same_name_and_birthday_is_asked_about_first(browser_of, cast, alike):
    before = Client.objects.count()
    sent = filled(born_on="1942-03-09", **alike)

    asked = browser_of(cast.sato).post(address("new", cast), sent)
    assert asked.status_code == 422
    assert "is_somebody_else" in asked.content.decode()
    assert cast.hana.name in asked.content.decode()
    assert Client.objects.count() == before

    assert browser_of(cast.sato).post(address("new", cast), sent | {"is_somebody_else": "1"}).status_code == 302
    assert Client.objects.count() == before + 1


@pytest.mark.parametrize("changed", [{"born_on": "1942-03-10"}, {"name": "佐々木 タロウ", "kana": "ささき たろう"}])
def test_another_name_or_birthday_is_nobody_to_ask_about(browser_of, cast, changed):
    sent = filled(**{"name": cast.hana.name, "kana": cast.hana.kana, "born_on": "1942-03-09"} | changed)
    assert browser_of(cast.sato).post(address("new", cast), sent).status_code == 302


def test_registering_does_not_tell_who_else_is_cared_for(browser_of, cast):
    sent = filled(name=cast.hana.name, kana=cast.hana.kana, born_on="1942-03-09")
    assert browser_of(cast.takahashi).post(address("new", cast), sent).status_code == 302


def test_namesakes_that_were_shown_are_in_the_ledger(browser_of, cast):
    browser_of(cast.sato).post(address("new", cast), filled(name=cast.hana.name, born_on="1942-03-09"))
    assert Entry.objects.get(verb="clients.namesakes_shown").detail == {"hits": 1, "clients": [str(cast.hana.pk)]}


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(2026, 3, 8), 83), (date(2026, 3, 9), 84), (date(2026, 12, 31), 84), (date(1942, 3, 9), 0)],
)
def test_an_age_grows_on_the_birthday(today, years):
    assert age_on(date(1942, 3, 9), today) == years


def test_who_is_born_on_the_29th_of_february_grows_older_in_march():
    with time_machine.travel("2026-03-01"):
        assert age_on(date(2024, 2, 29), timezone.localdate()) == 2
    assert age_on(date(2024, 2, 29), date(2026, 2, 28)) == 1


def test_a_division_registers_without_consent_and_is_in_charge(browser_of, cast):
    sent = {"name": "高橋 正", "kana": "たかはし", "born_on": "S15.5.5", "area": ""}
    assert browser_of(cast.tanaka).post(address("new", cast), sent).status_code == 302
    assert Client.objects.get(name="高橋 正").division == cast.city


def test_an_office_chooses_the_division_in_charge(browser_of, cast):
    browser_of(cast.takahashi).post(address("new", cast), filled(division=str(cast.city.pk)))
    client = Client.objects.get(name="高橋 正")
    assert client.division == cast.city
    assert browser_of(cast.tanaka).get(address("client", cast, client_id=client.pk)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("division", ""),
        ("division", "00000000-0000-4000-8000-000000000000"),
        ("signed_on", "R8.2.30"),
        ("signed_on", "2999-01-01"),
        ("purposes", []),
        ("purposes", ["emergency"]),
        ("valid_from", "2999-01-01"),
        ("reference", ""),
    ],
    ids=str,
)
def test_an_office_registers_nobody_without_a_consent_that_holds(browser_of, cast, field, value):
    answer = browser_of(cast.sato).post(address("new", cast), filled(**{field: value}))
    assert answer.status_code == 422
    assert f'href="#id_{field}' in answer.content.decode()
    assert Client.objects.count() == 1
    assert browser_of(cast.sato).post(address("new", cast), filled()).status_code == 302
