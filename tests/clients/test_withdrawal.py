"""Withdrawal closes every door at once: each is open before, shut after, and what was seen stays in the ledger."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import why_closed
from apps.clients.models import Client, Seat
from apps.notices.actions import notify
from tests import makers
from tests.saying import say


@pytest.fixture
def paper(cast):
    return makers.make_paper(cast.hana, by=cast.sato)


def way(cast, name, **words):
    things = {"client_id": cast.hana.pk, "room_id": cast.room.pk, "paper_number": 1, "consent_id": cast.consent.pk}
    things["form_number"] = 1
    return reverse(name, kwargs={"slug": cast.environment.slug, **{word: things[word] for word in words}})


OF_CLIENT = dict.fromkeys(["client_id"])
OF_PAPER = dict.fromkeys(["client_id", "paper_number"])
OF_FORM = dict.fromkeys(["client_id", "form_number"])
OF_ROOM = dict.fromkeys(["room_id"])
DOORS = {
    "clients:client": OF_CLIENT,
    "clients:team": OF_CLIENT,
    "clients:consents": OF_CLIENT,
    "clients:consent_form": OF_FORM,
    "clients_api:consent_forms": OF_CLIENT,
    "clients_api:consent_form": OF_FORM,
    "clients:papers": OF_CLIENT,
    "clients:paper": OF_PAPER,
    "clients:paper_preview": OF_PAPER,
    "rooms:of_client": OF_CLIENT,
    "rooms:room": OF_ROOM,
    "rooms:messages": OF_ROOM,
    "rooms:people": OF_ROOM,
    "clients_api:client": OF_CLIENT,
    "clients_api:consents": OF_CLIENT,
    "clients_api:seats": OF_CLIENT,
    "clients_api:papers": OF_CLIENT,
    "clients_api:paper_content": OF_PAPER,
    "rooms_api:room": OF_ROOM,
    "rooms_api:messages": OF_ROOM,
}


@pytest.mark.parametrize("how", ["withdrawn", "ended by date"])
def test_every_address_of_a_client_closes_with_the_consent_and_not_for_the_division(browser_of, cast, paper, how):
    makers.make_form(cast.hana, by=cast.sato)
    suzuki, tanaka = browser_of(cast.suzuki), browser_of(cast.tanaka)
    ways = {name: way(cast, name, **words) for name, words in DOORS.items()}
    assert {name for name, url in ways.items() if suzuki.get(url).status_code not in {200, 204}} == set()

    if how == "withdrawn":
        actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)
    else:
        cast.consent.valid_to = timezone.now()
        cast.consent.save(update_fields=["valid_to"])

    assert {name: suzuki.get(url).status_code for name, url in ways.items()} == dict.fromkeys(ways, 404)
    assert tanaka.get(ways["clients:paper"]).status_code == 200


def test_neither_list_nor_search_nor_count_finds_the_client(browser_of, cast):
    suzuki = browser_of(cast.suzuki)
    say(cast.room, cast.sato, "まだ読まれていない")
    asked = {
        "list": lambda: suzuki.get(way(cast, "clients:list")).content,
        "search": lambda: suzuki.post(way(cast, "clients:list"), {"q": "ささき"}).content,
        "today": lambda: suzuki.get(way(cast, "home:today")).content,
        "rooms": lambda: suzuki.get(way(cast, "rooms:list")).content,
        "expiring": lambda: suzuki.get(way(cast, "clients:expiring")).content,
        "api list": lambda: suzuki.get(way(cast, "clients_api:clients")).content,
        "api rooms": lambda: suzuki.get(way(cast, "rooms_api:rooms")).content,
    }
    cast.consent.valid_to = timezone.now() + timedelta(days=3)
    cast.consent.save(update_fields=["valid_to"])
    hana = str(cast.hana.pk).encode()
    assert {name for name, ask in asked.items() if hana not in ask()} == set()
    unread = way(cast, "home:unread")
    before = suzuki.get(unread).content

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    assert {name for name, ask in asked.items() if hana in ask() or cast.hana.name.encode() in ask()} == set()
    assert suzuki.get(unread).content != before


def test_a_notice_that_leads_to_the_client_names_nobody_and_leads_nowhere(browser_of, cast):
    [notice] = notify(receivers=[cast.suzuki], sentence="Hello.", path=way(cast, "clients:client", client_id=0))
    suzuki = browser_of(cast.suzuki)
    sight = reverse("notices:sight", kwargs={"slug": cast.environment.slug, "notification_id": notice.pk})
    assert suzuki.post(sight, follow=True).status_code == 200

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    assert suzuki.post(sight, follow=True).status_code == 404
    inbox = suzuki.get(way(cast, "notices:inbox")).content.decode()
    assert cast.hana.name not in inbox
    assert "同意" in inbox


def test_what_was_seen_before_stays_in_the_ledger_and_a_try_afterwards_too(browser_of, cast, paper):
    suzuki = browser_of(cast.suzuki)
    for name in ("clients:client", "clients:paper"):
        suzuki.get(way(cast, name, **DOORS[name]))
    seen = set(Entry.objects.filter(member_id=cast.suzuki.pk, outcome="done").values_list("pk", flat=True))

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)
    suzuki.get(way(cast, "clients:paper", **OF_PAPER))

    kept = Entry.objects.filter(member_id=cast.suzuki.pk, client_id=cast.hana.pk)
    assert seen & set(kept.values_list("pk", flat=True)) == {
        entry.pk for entry in kept.filter(outcome="done", verb="clients.opened")
    }
    assert Entry.objects.filter(member_id=cast.suzuki.pk, outcome="refused", verb="clients:paper").count() == 1


def test_why_a_client_is_closed_is_told_by_what_ended(cast):
    def said(organization):
        return str(why_closed(organization.pk, Client.objects.get(pk=cast.hana.pk)))

    assert said(cast.takahashi.organization) == "other"
    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)
    assert said(cast.aozora) == "consent_withdrawn"

    makers.make_consent(cast.hana, by=cast.sato, valid_to=timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert said(cast.aozora) == "consent_ended"

    Seat.objects.filter(organization=cast.aozora).update(valid_to=timezone.now())
    assert said(cast.aozora) == "seat_ended"
