"""Before consent an organization sees cards that name nobody."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from apps.clients import queries
from apps.clients.ages import age_band
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import cover


@pytest.fixture
def seat(cast):
    """Takahashi's organization is on hana's care team, and the consent does not cover it."""
    cast.hana.area = "黒沢尻"
    cast.hana.save(update_fields=["area"])
    return makers.make_seat(cast.hana, cast.takahashi.organization)


def test_a_seat_without_consent_is_a_card_and_becomes_the_client_with_it(cast, seat):
    [card] = queries.waiting_cards(cast.takahashi)
    assert (card.id, card.since, str(card.support)) == (seat.pk, seat.valid_from, "訪問介護事業所")

    cover(cast.hana, cast.takahashi.organization)
    assert queries.waiting_cards(cast.takahashi) == []


@pytest.mark.parametrize("person", ["sato", "suzuki", "tanaka", "ito", "ishii", "kobayashi", "matsumoto"])
def test_nobody_else_has_the_card(cast, seat, person):
    assert queries.waiting_cards(cast[person]) == []


def test_an_ended_seat_has_no_card(cast, seat):
    seat.valid_to = timezone.now()
    seat.save(update_fields=["valid_to"])
    assert queries.waiting_cards(cast.takahashi) == []


@pytest.mark.parametrize("entrance", ["page", "api"])
def test_neither_page_nor_api_tells_who_it_is(browser_of, cast, seat, entrance):
    path = {
        "page": address("list", cast),
        "api": reverse("clients_api:waiting", kwargs={"slug": cast.environment.slug}),
    }[entrance]

    told = browser_of(cast.takahashi).get(path).content.decode()

    assert "訪問介護事業所" in told
    names = ["佐々木", "ハナ", "ささき", "はな", "黒沢尻"]
    dates = ["1942", "昭和17", "3月9日", "03-09"]
    for telling in [*names, *dates, str(cast.hana.pk)]:
        assert telling not in told


def test_the_api_answers_with_what_finds_a_place_only(browser_of, cast, seat):
    told = browser_of(cast.takahashi).get(reverse("clients_api:waiting", kwargs={"slug": cast.environment.slug}))
    assert told.json()["count"] == 1
    [card] = told.json()["results"]
    assert card.keys() == {"id", "age_band", "since", "support", "weekdays", "needs", "school_district"}
    assert card["id"] == str(seat.pk)


@pytest.fixture
def child(cast):
    """A child whose consent takahashi's organization waits for."""
    return makers.make_client(
        cast.environment,
        seats=[cast.takahashi.organization],
        name="森下 みお",
        kana="もりした みお",
        born_on=date(2022, 5, 14),
        area="緑町",
        school_district="第二小学校区",
        needs=["transport", "medical_care"],
        weekdays=[0, 2],
    )


@pytest.mark.parametrize("entrance", ["page", "api"])
def test_of_a_child_a_card_tells_by_what_a_place_is_found_and_not_who_it_is(browser_of, cast, child, entrance):
    path = {
        "page": address("list", cast),
        "api": reverse("clients_api:waiting", kwargs={"slug": cast.environment.slug}),
    }[entrance]
    told = browser_of(cast.takahashi).get(path)
    words = told.content.decode() if entrance == "page" else str(told.json())

    for said in ("未就学", "第二小学校区", "月曜日", "水曜日", "送迎", "医療的ケア"):
        assert said in words
    for telling in ("森下", "みお", "もりした", "緑町", "2022", "令和4", "05-14", str(child.pk)):
        assert telling not in words


def test_what_was_written_of_an_adult_as_a_child_is_on_no_card(cast, child):
    child.born_on = date(1942, 3, 9)
    child.save(update_fields=["born_on"])
    [card] = queries.waiting_cards(cast.takahashi)
    assert (card.school_district, card.needs, card.weekdays) == ("", [], [])


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        # On 21 November 2026 the first year of school is born from 2 April 2019 to 1 April 2020.
        (date(2020, 4, 2), "未就学"),
        (date(2020, 4, 1), "小学生"),
        (date(2019, 4, 2), "小学生"),
        (date(2014, 4, 2), "小学生"),
        (date(2014, 4, 1), "中高生"),
        (date(2008, 4, 2), "中高生"),
        (date(2008, 4, 1), "40歳未満"),
        (date(1986, 11, 22), "40歳未満"),
        (date(1986, 11, 21), "40〜64歳"),
        (date(1961, 11, 22), "40〜64歳"),
        (date(1961, 11, 21), "65〜74歳"),
        (date(1951, 11, 21), "75〜84歳"),
        (date(1941, 11, 22), "75〜84歳"),
        (date(1941, 11, 21), "85歳以上"),
    ],
)
def test_an_age_band_follows_school_and_birthdays(born_on, band):
    with translation.override("ja"):
        assert str(age_band(born_on, date(2026, 11, 21))) == band
