"""How it stands with a client's consent: on the consents page, in the list for those who look after it, and as a filter."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.clients.queries import client_rows, standing_of, standings, with_reasons
from tests import makers
from tests.clients.addresses import address


def moments(**days: float) -> dict[str, object]:
    return {name: timezone.now() + timedelta(days=count) for name, count in days.items()}


def signed(client, by, *, withdrawn: float | None = None, **days: float) -> None:
    record = makers.make_consent(client, by=by, **{**moments(valid_from=-60), **moments(**days)})
    if withdrawn is not None:
        record.withdrawn_at, record.withdrawn_by = timezone.now() + timedelta(days=withdrawn), by
        record.save(update_fields=["withdrawn_at", "withdrawn_by"])


LIVES = {
    "nothing": (lambda client, by: None, "not_printed"),
    "printed": (lambda client, by: makers.make_form(client, by=by), "printed"),
    "signed": (lambda client, by: signed(client, by), "in_force"),
    "for a time": (lambda client, by: signed(client, by, valid_to=31), "in_force"),
    "ending": (lambda client, by: signed(client, by, valid_to=29), "ends_soon"),
    "renewed": (lambda client, by: (signed(client, by, valid_to=29), signed(client, by)), "in_force"),
    "to come": (lambda client, by: signed(client, by, valid_from=3), "to_come"),
    "withdrawn": (lambda client, by: signed(client, by, withdrawn=-1), "withdrawn"),
    "over": (lambda client, by: signed(client, by, valid_to=-1), "over"),
    "over before the withdrawal": (lambda client, by: signed(client, by, valid_to=-9, withdrawn=-1), "over"),
    "printed again": (lambda client, by: (signed(client, by, valid_to=-1), makers.make_form(client, by=by)), "printed"),
    "of the family": (
        lambda client, by: makers.make_consent(client, by=by, covers_family=True, signer="family", relation="長女"),
        "not_printed",
    ),
}


@pytest.mark.parametrize("life", LIVES)
def test_how_it_stands_follows_from_what_was_printed_signed_and_ended(cast, life):
    live, expected = LIVES[life]
    client = makers.make_client(cast.environment, seats=[], division=cast.city)

    live(client, cast.tanaka)

    assert standing_of(client) == expected
    assert standings(cast.tanaka, [client]) == {client.pk: expected}


def test_the_list_shows_it_to_those_who_look_after_the_consent_and_to_nobody_else(browser_of, cast):
    guest = makers.make_member(cast.aozora, role="guest")

    assert "同意あり" in browser_of(cast.sato).get(address("list", cast)).text
    shown = browser_of(guest).get(address("list", cast)).text
    assert cast.hana.name in shown
    assert "同意あり" not in shown


@pytest.mark.parametrize(("asked", "listed"), [("in_force", True), ("printed", False), ("", True), ("nonsense", True)])
def test_the_list_is_narrowed_to_those_whose_consent_stands_so(browser_of, cast, asked, listed):
    page = browser_of(cast.sato)
    url = address("list", cast) + f"?consent={asked}"

    assert (cast.hana.name in page.get(url).text) == listed
    assert (cast.hana.name in page.post(url, {"q": "ささき"}).text) == listed


def test_nobody_learns_by_the_filter_what_they_do_not_look_after(browser_of, cast):
    guest = makers.make_member(cast.aozora, role="guest")

    assert cast.hana.name not in browser_of(guest).get(address("list", cast) + "?consent=in_force").text


def test_the_page_tells_what_was_printed_when_by_whom_and_in_which_version(browser_of, cast):
    makers.make_form(cast.hana, by=cast.sato)

    shown = browser_of(cast.tanaka).get(address("consents", cast, client_id=cast.hana.pk)).text

    assert cast.sato.name in shown
    assert "発行番号1" in shown
    assert "同意あり" in shown
    assert "発行番号1" not in browser_of(cast.kobayashi).get(address("consents", cast, client_id=cast.hana.pk)).text


def test_a_list_asks_as_often_for_many_as_for_few(cast):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(with_reasons(cast.tanaka, list(client_rows(cast.tanaka)))) >= 1
        return len(queries)

    few = asked()
    for _ in range(9):
        client = makers.make_client(cast.environment, seats=[], division=cast.city)
        makers.make_form(client, by=cast.tanaka)
    assert asked() == few
