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
from apps.notices.queries import unread_count
from apps.rooms.actions import admit
from tests import makers
from tests.doors.addresses import addresses
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


def told_by_deeds(cast):
    """The notifications that deeds about hana write to suzuki: of a room of hers, and of what suzuki is to do for her."""
    second = makers.make_room(members=[cast.sato], client=cast.hana)
    admit(member=cast.suzuki, room=second, reason="訪問看護の連絡", by=cast.sato)
    person = makers.make_team_member(cast.hana.seats.get(organization=cast.aozora), cast.suzuki, "care_manager")
    actions.name_responsible(person=person, by=cast.sato)
    return list(cast.suzuki.notifications.order_by("pk"))


def test_what_was_told_of_the_client_is_in_no_list_and_no_count_and_its_addresses_answer_nothing(browser_of, cast):
    told = told_by_deeds(cast)
    notify(receivers=[cast.suzuki], sentence="Hello.")
    suzuki, slug = browser_of(cast.suzuki), cast.environment.slug
    listed = reverse("notices_api:notifications", kwargs={"slug": slug})
    of_api = {one["id"]: one["path"] for one in suzuki.get(listed).json()["results"]}
    assert {one.pk for one in told} <= of_api.keys()
    ways = [of_api[one.pk] for one in told]
    sights = [
        reverse(f"{app}:sight", kwargs={"slug": slug, "notification_id": one.pk})
        for one in told
        for app in ("notices", "notices_api")
    ]
    assert (len(ways), unread_count(cast.suzuki)) == (2, 3)
    assert {suzuki.get(url).status_code for url in ways} == {200}
    inbox = way(cast, "notices:inbox")
    assert any(f'"{url}"' in suzuki.get(inbox).text for url in sights)

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    # The word that needs no client, and that a consent was withdrawn.
    assert unread_count(cast.suzuki) == 2
    answer = suzuki.get(listed).json()
    assert (answer["count"], answer["unseen"]) == (2, 2)
    assert not {one.pk for one in told} & {one["id"] for one in answer["results"]}
    assert not any(f'"{url}"' in suzuki.get(inbox).text for url in sights)
    assert {suzuki.get(url).status_code for url in ways} == {404}
    assert {suzuki.post(url).status_code for url in sights} == {404}


def test_who_still_sees_the_client_keeps_what_was_told_of_her(cast):
    told_by_deeds(cast)
    makers.make_consent(cast.hana, by=cast.tanaka, organizations=[cast.aozora])

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    assert unread_count(cast.suzuki) == 2


EXPORTS = {
    "clients:paper",
    "clients:paper_preview",
    "clients:consent_form",
    "clients_api:paper_content",
    "clients_api:consent_form",
}


def test_every_file_that_the_app_offers_of_a_client_is_closed_in_page_and_api(browser_of, cast, paper):
    makers.make_form(cast.hana, by=cast.sato)
    suzuki = browser_of(cast.suzuki)
    named = [one for one in addresses() if "client_id" in one.words and set(one.words) <= {"slug", *OF_PAPER, *OF_FORM}]
    ways = {one.name: way(cast, one.name, **dict.fromkeys(set(one.words) - {"slug"})) for one in named}
    answers = {name: suzuki.get(url) for name, url in ways.items()}
    is_file = {name for name, answer in answers.items() if answer.get("Content-Disposition")}
    assert is_file == EXPORTS
    assert {answers[name].status_code for name in EXPORTS} == {200}
    prints = [way(cast, name, **OF_CLIENT) for name in ("clients:print_form", "clients_api:consent_forms")]
    assert [suzuki.post(url).status_code for url in prints] == [302, 201]

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    assert {name: suzuki.get(ways[name]).status_code for name in EXPORTS} == dict.fromkeys(EXPORTS, 404)
    assert [suzuki.post(url).status_code for url in prints] == [404, 404]


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
