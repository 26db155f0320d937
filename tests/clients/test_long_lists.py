"""Lists of clients ask the database as often for a thousand clients as for ten."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.models import Certification, Client, Seat, Transfer
from apps.clients.queries import transfers_listed
from apps.handovers.models import Review
from apps.handovers.queries import review_rows
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


def what_is_to_be_renewed(cast):
    return "GET", address("renewals", cast), {}


def what_is_kept_by_law(cast):
    return "GET", address("kept_list", cast), {}


def those_opened_without_consent(cast):
    return "GET", address("exceptions", cast), {}


def the_transfers(cast):
    return "GET", address("transfers", cast), {}


def those_who_could_pass_on(cast):
    return "GET", address("new_transfer", cast), {}


def the_imports(cast):
    return "GET", address("imports", cast), {}


def the_reviews(cast):
    return "GET", reverse("handovers:reviews", kwargs={"slug": cast.environment.slug}), {}


def the_list_for_programs(cast):
    return "GET", reverse("clients_api:clients", kwargs={"slug": cast.environment.slug}), {}


def the_cards_for_programs(cast):
    return "GET", reverse("clients_api:waiting", kwargs={"slug": cast.environment.slug}), {}


# Each list with who reads it.
LISTS = [
    ("sato", the_list),
    ("sato", a_search),
    ("sato", those_that_expire),
    ("sato", the_day),
    ("sato", the_room_list),
    ("sato", the_rooms_of_a_client),
    ("sato", the_organizations_to_pick),
    ("sato", the_people_to_pick),
    ("sato", what_is_to_be_renewed),
    ("sato", what_is_kept_by_law),
    ("ishii", those_opened_without_consent),
    ("tanaka", the_list),
    ("tanaka", those_that_expire),
    ("tanaka", those_opened_without_consent),
    ("tanaka", the_transfers),
    ("tanaka", those_who_could_pass_on),
    ("tanaka", the_imports),
    ("ito", the_reviews),
    ("sato", the_list_for_programs),
    ("sato", the_cards_for_programs),
]
# What a page shows of a list, and the lists that are read a page at a time, with what stands once in each of their rows.
ROWS = 50
PAGES = 600
PAGED = [
    ("sato", the_list, "data-client="),
    ("sato", those_that_expire, "data-client="),
    ("sato", what_is_to_be_renewed, "data-client="),
    ("sato", what_is_kept_by_law, "/kept/"),
    ("ishii", those_opened_without_consent, "exception-state"),
    ("tanaka", the_transfers, "list-note"),
    ("tanaka", the_imports, "list-note"),
    ("ito", the_reviews, "list-note"),
]


@contextmanager
def soon_over(cast, number):
    """Clients of sato's whose consent and certification end soon, half of them waiting for one, half of them over and kept
    by law; each tenth with a room, and as many exceptions, transfers, imports and reviews."""
    now = timezone.now()
    clients = makers.make_clients(number, by=cast.sato, division=cast.city, valid_to=now + timedelta(days=7))
    certify(clients, by=cast.sato)
    makers.make_clients(number // 2, by=cast.sato, is_covered=False)
    over = {"valid_from": now - timedelta(days=9), "valid_to": now - timedelta(days=1)}
    keep(makers.make_clients(number // 2, by=cast.sato, **over), by=cast.sato)
    for nth, client in enumerate(clients[: number // 10]):
        makers.make_room(members=[cast.sato], client=client, title="")
        makers.make_exception(client, by=cast.sato, hours_ago=3 * (number + nth))
        makers.make_transfer(cast.tanaka, [client])
        makers.make_import(cast.tanaka)
        makers.make_review(cast.ito, [cast.sato], closed_at=now)
    yield clients


def certify(clients, *, by):
    """A certification of each that ends in a month."""
    today = timezone.localdate()
    Certification.objects.bulk_create(
        Certification(
            environment=by.environment,
            client=client,
            certificate="insured",
            care_level="23",
            first_day=today - timedelta(days=300),
            last_day=today + timedelta(days=31),
            written_by=by,
        )
        for client in clients
    )


def keep(clients, *, by):
    """These had a seat while their consent lasted, which ended yesterday."""
    now = timezone.now()
    period = {"valid_from": now - timedelta(days=9), "valid_to": now - timedelta(days=1)}
    around = {"environment": by.environment, "organization": by.organization}
    Seat.objects.bulk_create(Seat(client=client, **around, **period) for client in clients)


def asked(browser_of, cast):
    """How many statements each list needs."""
    counts = {}
    for person, one in LISTS:
        method, path, fields = one(cast)
        browser = browser_of(cast[person])
        # The first request of a session also notes that its owner is there; and looks coalesce.
        browser.generic(method, path, **sent(fields))
        with CaptureQueriesContext(connection) as seen:
            answer = browser.generic(method, path, **sent(fields))
        assert answer.status_code == 200, one.__name__
        counts[f"{one.__name__} of {person}"] = len(seen)
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


def test_long_lists_are_read_a_page_at_a_time(browser_of, cast):
    with soon_over(cast, PAGES):
        counts = {}
        for person, one, mark in PAGED:
            page = browser_of(cast[person]).get(one(cast)[1]).content.decode()
            counts[f"{one.__name__} of {person}"] = (page.count(mark), 'rel="next"' in page)

    assert counts == {f"{one.__name__} of {person}": (ROWS, True) for person, one, _ in PAGED}


def test_the_newest_transfer_and_review_stand_first(cast):
    now = timezone.now()
    for days in (2, 9, 1):
        then = now - timedelta(days=days)
        makers.make_transfer(cast.tanaka, [cast.hana], planned_at=then)
        makers.make_review(cast.ito, [], started_at=then, closed_at=now)

    planned = [one.planned_at for one in transfers_listed(Transfer.objects.all())]
    started = [one.started_at for one in review_rows(Review.objects.all())]

    assert planned == started == [now - timedelta(days=days) for days in (1, 2, 9)]


def test_every_waiting_card_stands_on_one_page_of_them(browser_of, cast):
    makers.make_clients(ROWS + 3, by=cast.sato, is_covered=False)
    browser = browser_of(cast.sato)

    pages = [browser.get(address("list", cast), {"cards": number}).content.decode() for number in (1, 2)]

    assert [page.count('class="list-row"><span class="sign"') for page in pages] == [ROWS, 3]
    assert [link in page for page, link in zip(pages, ("?cards=2#waiting", "?cards=1#waiting"), strict=True)] == [
        True
    ] * 2


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
