"""The list of clients: who sees whom, and how they are told apart."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.clients import actions
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import cover

SEES = [
    ("sato", True),
    ("suzuki", True),
    ("tanaka", True),
    ("takahashi", False),
    ("ito", False),
    ("ishii", False),
    ("kobayashi", False),
    ("matsumoto", False),
]


def another(cast, **fields):
    """One more client of sato's, with a consent."""
    client = makers.make_client(cast.environment, seats=[cast.hidamari], **fields)
    cover(client, cast.hidamari, by=cast.sato)
    return client


@pytest.mark.parametrize(("person", "sees"), SEES)
def test_only_the_care_team_finds_the_client_in_the_list(browser_of, cast, person, sees):
    answer = browser_of(cast[person]).get(address("list", cast))
    assert answer.status_code == 200
    assert (cast.hana.name in answer.content.decode()) is sees


@pytest.mark.parametrize(("person", "status"), [("watanabe", 404), ("mori", 404), ("nobody", 302)])
def test_nobody_from_outside_reaches_the_list(browser_of, cast, person, status):
    browser = browser_of(None if person == "nobody" else cast[person])
    assert browser.get(address("list", cast)).status_code == status


def test_reading_year_and_area_tell_namesakes_apart(browser_of, cast):
    another(cast, born_on=date(1938, 1, 2), area="黒沢尻")
    page = browser_of(cast.sato).get(address("list", cast)).content.decode()
    for word in ("ささき はな", "昭和17年生", "昭和13年生", "黒沢尻"):
        assert word in page


def test_every_row_says_why_it_is_there(browser_of, cast):
    cover(cast.hana, cast.takahashi.organization)
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)
    seat, hand = (
        browser_of(who).get(address("list", cast), headers={"Accept-Language": "en"}).content.decode()
        for who in (cast.sato, cast.takahashi)
    )
    assert "your organization is on the care team" in seat
    assert "opened to you by hand" in hand


@pytest.mark.parametrize("typed", ["ささき", "ササキ", "ｻｻｷ", "佐々木", "佐々木ハナ", "はな ささき"])
def test_clients_are_found_in_any_kana_and_width(browser_of, cast, typed):
    another(cast, name="髙𣘺 正", kana="たかはし ただし")
    page = browser_of(cast.sato).post(address("list", cast), {"q": typed}).content.decode()
    assert cast.hana.name in page
    assert "髙𣘺" not in page


def test_variant_kanji_are_found_by_the_common_ones(browser_of, cast):
    another(cast, name="髙𣘺 正", kana="たかはし ただし")
    assert "髙𣘺" in browser_of(cast.sato).post(address("list", cast), {"q": "高橋"}).content.decode()


def test_a_search_finds_nobody_whom_the_list_would_not_show(browser_of, cast):
    assert (
        cast.hana.name not in browser_of(cast.takahashi).post(address("list", cast), {"q": "佐々木"}).content.decode()
    )
    assert cast.hana.name in browser_of(cast.sato).post(address("list", cast), {"q": "佐々木"}).content.decode()


def test_a_name_in_the_address_searches_nothing(browser_of, cast):
    assert cast.hana.name in browser_of(cast.sato).get(address("list", cast), {"q": "たかはし"}).content.decode()


def test_htmx_receives_the_list_alone(browser_of, cast):
    page = (
        browser_of(cast.sato)
        .post(address("list", cast), {"q": "ささき"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert cast.hana.name in page
    assert "<html" not in page


def test_a_look_at_the_list_is_one_entry_with_the_clients_shown(browser_of, cast):
    browser_of(cast.sato).get(address("list", cast))
    entry = Entry.objects.get(verb="clients.listed")
    assert entry.detail == {"hits": 1, "clients": [str(cast.hana.pk)]}
    assert entry.member_id == cast.sato.pk


def test_a_search_is_one_entry_without_the_words(browser_of, cast):
    browser_of(cast.sato).post(address("list", cast), {"q": "ささき"})
    entry = Entry.objects.get(verb="clients.searched")
    assert entry.detail == {"hits": 1, "clients": [str(cast.hana.pk)]}
    assert "ささき" not in str(vars(entry))


def test_clients_come_in_the_order_of_the_syllabary(browser_of, cast):
    another(cast, name="相川 一", kana="あいかわ はじめ")
    another(cast, name="渡部 二", kana="わたべ ふたば")
    page = browser_of(cast.sato).get(address("list", cast)).content.decode()
    assert page.index("相川 一") < page.index(cast.hana.name) < page.index("渡部 二")


def test_the_number_of_queries_does_not_grow_with_the_clients(browser_of, cast, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = browser_of(cast.sato)
    browser.get(address("list", cast))
    with CaptureQueriesContext(connection) as few:
        browser.get(address("list", cast))
    for _ in range(40):
        another(cast)
    with django_assert_max_num_queries(len(few)):
        browser.get(address("list", cast))


def test_an_empty_list_says_how_one_comes_to_see_somebody(browser_of, cast):
    assert 'class="empty"' in browser_of(cast.takahashi).get(address("list", cast)).content.decode()
