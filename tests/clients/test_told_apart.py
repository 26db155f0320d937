"""Wherever a client is chosen, reading, year of birth and area stand beside the name: people are mixed up by names alone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.clients import actions
from apps.clients.models import ConsentRecord
from tests import makers
from tests.clients.addresses import address


@pytest.fixture
def namesake(cast):
    """Somebody of hana's name whom sato sees too, with a room and with papers that end."""
    type(cast.hana).objects.filter(pk=cast.hana.pk).update(area="黒沢尻")
    other = makers.make_client(
        cast.environment,
        seats=[cast.hidamari],
        division=cast.city,
        born_on="1939-01-05",
        area="東町",
        kana="ささき はるな",
    )
    soon = timezone.now() + timedelta(days=9)
    makers.make_consent(other, by=cast.sato, valid_to=soon)
    ConsentRecord.objects.filter(pk=cast.consent.pk).update(valid_to=soon)
    for client in (cast.hana, other):
        makers.make_certification(client, by=cast.sato, last_day=soon.date())
    makers.make_room(members=[cast.sato], client=other, title="")
    return other


PLACES = {
    "the list": lambda cast: address("list", cast),
    "consents that end": lambda cast: address("expiring", cast),
    "certifications that end": lambda cast: address("renewals", cast),
    "the talk rooms": lambda cast: reverse("rooms:list", kwargs={"slug": cast.environment.slug}),
    "today": lambda cast: reverse("home:today", kwargs={"slug": cast.environment.slug}),
}


def rows_of(page: str) -> list[str]:
    """What stands in each row that leads to a client or to a room about one."""
    return re.findall(r'<li[^>]* data-client="[^"]+".*?</li>', page, re.DOTALL)


def tells_apart(row: str) -> bool:
    return ("ささき はな<" in row and "昭和17年生" in row and "黒沢尻" in row) or (
        "ささき はるな<" in row and "昭和14年生" in row and "東町" in row
    )


@pytest.mark.parametrize("place", PLACES)
def test_namesakes_are_told_apart_in_every_row(browser_of, cast, namesake, place):
    rows = rows_of(browser_of(cast.sato).get(PLACES[place](cast)).content.decode())
    assert len(rows) >= 2
    assert [row for row in rows if not tells_apart(row)] == []


def test_namesakes_are_told_apart_where_they_are_searched(browser_of, cast, namesake):
    for headers in ({}, {"HX-Request": "true"}):
        page = browser_of(cast.sato).post(address("list", cast), {"q": "佐々木"}, headers=headers).content.decode()
        rows = rows_of(page)
        assert len(rows) == 2
        assert all(tells_apart(row) for row in rows)


@pytest.mark.parametrize(
    "name", ["client", "edit", "history", "new_number", "new_certification", "new_contact", "team", "consents"]
)
def test_a_page_about_one_client_says_in_its_head_which(browser_of, cast, namesake, name):
    page = browser_of(cast.sato).get(address(name, cast, client_id=namesake.pk)).content.decode()
    head = page.split('class="page-head"')[1].split('class="page-content"')[0]
    assert tells_apart(head)


def test_a_talk_room_says_in_its_head_about_whom_it_is(browser_of, cast, namesake):
    url = reverse("rooms:room", kwargs={"slug": cast.environment.slug, "room_id": cast.room.pk})
    head = browser_of(cast.sato).get(url).content.decode().split("<h1")[1].split("</div>")[0]
    assert "ささき はな" in head
    assert "1942" in head or "昭和17年" in head
    assert "黒沢尻" in head


def test_a_namesake_who_is_asked_about_is_told_apart(browser_of, cast, namesake):
    from tests.clients.papers import registered

    asked = browser_of(cast.sato).post(address("new", cast), registered(name=cast.hana.name, born_on="S17.3.9"))
    assert asked.status_code == 422
    rows = re.findall(r'<a class="list-row".*?</a>', asked.content.decode(), re.DOTALL)
    assert rows
    assert all(tells_apart(row) for row in rows)


def test_the_holder_of_a_number_is_told_apart(browser_of, cast, namesake):
    actions.write_number(client=namesake, certificate="insured", number="0001234567", by=cast.sato)
    sent = {"certificate": "insured", "number": "0001234567"}
    page = browser_of(cast.sato).post(address("new_number", cast, client_id=cast.hana.pk), sent).content.decode()
    [row] = rows_of(page)
    assert tells_apart(row)


def test_a_program_tells_talk_rooms_of_namesakes_apart(browser_of, cast, namesake):
    found = browser_of(cast.sato).get(reverse("rooms_api:rooms", kwargs={"slug": cast.environment.slug})).json()
    rooms = found["results"] if isinstance(found, dict) else found
    told = {(room["client_kana"], room["client_born_on"], room["client_area"]) for room in rooms}
    assert told == {("ささき はな", "1942-03-09", "黒沢尻"), ("ささき はるな", "1939-01-05", "東町")}
