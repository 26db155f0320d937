"""Lists of clients ask the database as often for a thousand clients as for ten."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.models import Client
from tests import makers
from tests.clients.addresses import address

FEW, MANY = 10, 1000


def the_list(cast):
    return "GET", address("list", cast), {}


def a_search(cast):
    return "POST", address("list", cast), {"q": "計測"}


def those_that_expire(cast):
    return "GET", address("expiring", cast), {}


def the_day(cast):
    return "GET", reverse("home:today", kwargs={"slug": cast.environment.slug}), {}


def the_room_list(cast):
    return "GET", reverse("rooms:list", kwargs={"slug": cast.environment.slug}), {}


def the_rooms_of_a_client(cast):
    return "GET", reverse("rooms:of_client", kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk}), {}


def the_organizations_to_pick(cast):
    return "GET", address("new_seat", cast, client_id=cast.hana.pk), {}


def the_people_to_pick(cast):
    return "POST", address("open_by_hand", cast, client_id=cast.hana.pk), {"q": "さ"}


def the_list_for_programs(cast):
    return "GET", reverse("clients_api:clients", kwargs={"slug": cast.environment.slug}), {}


def the_cards_for_programs(cast):
    return "GET", reverse("clients_api:waiting", kwargs={"slug": cast.environment.slug}), {}


LISTS = [
    the_list,
    a_search,
    those_that_expire,
    the_day,
    the_room_list,
    the_rooms_of_a_client,
    the_organizations_to_pick,
    the_people_to_pick,
    the_list_for_programs,
    the_cards_for_programs,
]


@contextmanager
def soon_over(cast, number):
    """Clients of sato's whose consent ends soon, half of them waiting for one, each tenth with a room."""
    soon = timezone.now() + timedelta(days=7)
    clients = makers.make_clients(number, by=cast.sato, division=cast.city, valid_to=soon)
    makers.make_clients(number // 2, by=cast.sato, is_covered=False)
    for client in clients[: number // 10]:
        makers.make_room(members=[cast.sato], client=client, title="")
    yield clients


def asked(browser_of, cast):
    """How many statements each list needs."""
    counts = {}
    for one in LISTS:
        method, path, fields = one(cast)
        browser = browser_of(cast.sato)
        # The first request of a session also notes that its owner is there; and looks coalesce.
        browser.generic(method, path, **sent(fields))
        with CaptureQueriesContext(connection) as seen:
            answer = browser.generic(method, path, **sent(fields))
        assert answer.status_code == 200, one.__name__
        counts[one.__name__] = len(seen)
    return counts


def sent(fields):
    from urllib.parse import urlencode

    return {"data": urlencode(fields), "content_type": "application/x-www-form-urlencoded"}


def test_every_list_needs_as_many_statements_for_a_thousand_clients_as_for_ten(browser_of, cast):
    with soon_over(cast, FEW):
        few = asked(browser_of, cast)
    with soon_over(cast, MANY):
        many = asked(browser_of, cast)

    assert {name: (few[name], count) for name, count in many.items() if count > few[name]} == {}


@pytest.mark.parametrize(
    "typed", ["さ", "木", "ささ", "はな ささき", "ﾊﾅ", "佐 ハ", "佐々木　ハナ", "キハ"], ids=lambda text: text
)
def test_one_letter_and_pieces_in_any_order_find_somebody(browser_of, cast, typed):
    page = browser_of(cast.sato).post(address("list", cast), {"q": typed}).content.decode()

    assert f'data-client="{cast.hana.pk}"' in page


@pytest.mark.parametrize("typed", ["ナサ", "佐々木 タロウ", "%", "_", "\\"])
def test_what_stands_in_no_name_finds_nobody(browser_of, cast, typed):
    page = browser_of(cast.sato).post(address("list", cast), {"q": typed}).content.decode()

    assert "data-client" not in page


def test_somebody_is_found_by_a_new_name_however_it_was_written_down(browser_of, cast):
    Client.objects.filter(pk=cast.hana.pk).update(name="渡邉 ハナ", kana="わたなべ はな")

    found, gone = (browser_of(cast.sato).post(address("list", cast), {"q": word}) for word in ("渡辺", "佐々木"))

    assert f'data-client="{cast.hana.pk}"' in found.content.decode()
    assert "data-client" not in gone.content.decode()


def test_the_ledger_knows_how_many_were_found_and_who_was_shown(browser_of, cast):
    makers.make_clients(120, by=cast.sato)

    browser_of(cast.sato).post(address("list", cast), {"q": "計測"})

    detail = Entry.objects.get(verb="clients.searched").detail
    assert (detail["hits"], len(detail["clients"])) == (120, 50)
