"""What a seat is for: a consent opens a client for the purposes it names, and for no other."""

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import (
    BY_INTRODUCTION,
    can_change_team,
    can_see,
    clients_kept_by,
    clients_visible_to,
    consents_on_file,
    people_who_can_see,
    people_who_lose,
    why_visible,
)
from apps.clients.models import ConsentRecord, Seat
from apps.clients.queries import team_of, waiting_cards
from apps.clients.queries.team_page import BY_INTRODUCTION as SEES_BY_INTRODUCTION
from apps.clients.queries.team_page import WAITS
from apps.clients.refusals import LastSeat, MakesNoPlan
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from tests import makers
from tests.clients.addresses import address


def introduced(cast, *purposes: str) -> Seat:
    """Takahashi's office, to which Hana is introduced, with a consent for the purposes named."""
    midori = cast.takahashi.organization
    if purposes:
        makers.make_consent(cast.hana, by=cast.sato, organizations=[midori], purposes=list(purposes))
    return actions.give_seat(client=cast.hana, organization=midori, purpose="introduction", by=cast.sato)


@pytest.mark.parametrize(
    ("purposes", "sees"),
    [
        (["introduction"], True),
        (["coordination", "introduction"], True),
        (["coordination"], False),
        (["emergency"], False),
        ([], False),
    ],
)
def test_a_seat_for_an_introduction_needs_a_consent_for_introductions(cast, purposes, sees):
    introduced(cast, *purposes)

    assert can_see(cast.takahashi, cast.hana) == sees
    assert clients_visible_to(cast.takahashi).filter(pk=cast.hana.pk).exists() == sees
    assert people_who_can_see(cast.hana).filter(pk=cast.takahashi.pk).exists() == sees
    assert why_visible(cast.takahashi, cast.hana) == (BY_INTRODUCTION if sees else None)
    assert len(waiting_cards(cast.takahashi)) == (0 if sees else 1)
    [seat] = [one for one in team_of(cast.hana, reader=cast.sato).seats if one.seat.purpose == "introduction"]
    assert (seat.waits, seat.people[0].why) == (not sees, SEES_BY_INTRODUCTION if sees else WAITS)
    assert ("awaited" in Notification.objects.get(receiver=cast.takahashi).sentence) != sees


@pytest.mark.parametrize(("purposes", "sees"), [(["coordination"], True), (["introduction"], False)])
def test_a_seat_for_care_needs_a_consent_for_coordinating_care(cast, purposes, sees):
    midori = cast.takahashi.organization
    makers.make_consent(cast.hana, by=cast.sato, organizations=[midori], purposes=purposes)
    actions.give_seat(client=cast.hana, organization=midori, by=cast.sato)

    assert can_see(cast.takahashi, cast.hana) == sees


def test_who_is_introduced_reads_and_changes_no_team(cast):
    seat = introduced(cast, "introduction")

    assert not can_change_team(cast.takahashi, cast.hana)
    with pytest.raises(NotAllowed):
        actions.end_seat(seat=seat, by=cast.takahashi)


def test_withdrawing_the_consent_for_introductions_closes_the_introduced_office_alone(cast):
    introduced(cast, "introduction")
    consent = ConsentRecord.objects.get(purposes=["introduction"])
    assert set(people_who_lose(consent)) == {cast.takahashi}

    actions.withdraw_consent(consent=consent, by=cast.sato)

    assert not can_see(cast.takahashi, cast.hana)
    assert can_see(cast.suzuki, cast.hana)


def test_a_consent_for_care_left_over_does_not_hold_an_introduction_open(cast):
    introduced(cast, "introduction")
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.takahashi.organization])
    consent = ConsentRecord.objects.get(purposes=["introduction"])

    assert cast.takahashi in people_who_lose(consent)
    actions.withdraw_consent(consent=consent, by=cast.sato)

    assert not can_see(cast.takahashi, cast.hana)


def test_who_was_introduced_keeps_no_records(cast):
    seat = introduced(cast, "introduction", "coordination")
    actions.end_seat(seat=seat, by=cast.sato)

    assert not clients_kept_by(cast.takahashi).exists()


def test_the_last_seat_for_care_stays_though_somebody_is_introduced(cast):
    client = makers.make_client(cast.environment, seats=[cast.hidamari])
    makers.make_consent(client, by=cast.sato, organizations=[cast.hidamari])
    actions.give_seat(client=client, organization=cast.takahashi.organization, purpose="introduction", by=cast.sato)

    with pytest.raises(LastSeat):
        actions.end_seat(seat=client.seats.get(organization=cast.hidamari), by=cast.sato)


def test_who_is_introduced_is_not_responsible_and_the_database_keeps_it_so(cast):
    seat = introduced(cast, "introduction")
    person = actions.name_person(seat=seat, member=cast.takahashi, role="care_manager", by=cast.sato)

    with pytest.raises(MakesNoPlan):
        actions.name_responsible(person=person, by=cast.sato)
    with pytest.raises(IntegrityError, match="responsible is a care manager"), transaction.atomic():
        makers.make_responsibility(person)


def test_nobody_sits_on_a_team_for_emergencies(cast):
    with pytest.raises(IntegrityError, match="a_seat_is_for_care_or_for_an_introduction"), transaction.atomic():
        makers.make_seat(cast.hana, cast.takahashi.organization, purpose="emergency")


def test_what_a_seat_is_for_is_never_overwritten(cast):
    seat = introduced(cast)

    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(purpose="coordination")


def test_the_page_offers_what_the_seat_is_for_and_says_for_what_there_is_a_consent(browser_of, cast):
    midori = cast.takahashi.organization
    makers.make_consent(cast.hana, by=cast.sato, organizations=[midori], purposes=["introduction"])
    page = browser_of(cast.sato)
    url = address("new_seat", cast, client_id=cast.hana.pk)

    assert "同意のある目的" in page.get(url).text
    answer = page.post(url, {"organization": str(midori.pk), "purpose": "introduction", "give": "1"})

    assert answer.status_code == 302
    assert Seat.objects.get(organization=midori).purpose == "introduction"
    assert "事業所の紹介・見学" in page.get(answer.url).text
    assert Entry.objects.get(verb="clients.seat_given").detail["purpose"] == "introduction"


@pytest.mark.parametrize("purpose", ["emergency", "advertising"])
def test_a_purpose_that_no_seat_has_is_refused_in_words(browser_of, cast, purpose):
    url = address("new_seat", cast, client_id=cast.hana.pk)
    sent = {"organization": str(cast.takahashi.organization_id), "purpose": purpose, "give": "1"}

    answer = browser_of(cast.sato).post(url, sent)

    assert answer.status_code == 422
    assert not Seat.objects.filter(organization=cast.takahashi.organization).exists()


def test_a_program_says_what_a_seat_is_for(browser_of, cast):
    url = f"/api/v1/e/{cast.environment.slug}/clients/{cast.hana.pk}/seats/"
    sent = {"organization": str(cast.takahashi.organization_id), "purpose": "introduction"}

    answer = browser_of(cast.sato).post(url, sent, content_type="application/json")

    assert (answer.status_code, answer.json()["purpose"]) == (201, "introduction")
    shown = browser_of(cast.sato).get(url).json()
    assert sorted(seat["purpose"] for seat in shown) == ["coordination", "coordination", "introduction"]


@pytest.mark.parametrize(
    ("fields", "on_file"),
    [
        ({"purposes": ["emergency"]}, True),
        ({"purposes": ["coordination"]}, False),
        ({"purposes": ["emergency"], "covers_family": True, "signer": "family", "relation": "長女"}, False),
    ],
    ids=["for emergencies", "for care", "of the family"],
)
def test_a_consent_for_emergencies_opens_nothing_and_is_shown_with_the_emergency(browser_of, cast, fields, on_file):
    sakaki = makers.make_organization(cast.environment, "さかきクリニック", "clinic")
    doctor = makers.make_member(sakaki)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[sakaki], **fields)
    assert not can_see(doctor, cast.hana)

    exception = actions.break_glass(client=cast.hana, ground="life", purpose="意識がない", by=doctor)

    told = Notification.objects.filter(receiver=cast.ishii).latest("pk").sentence
    assert ("on file" in told) == on_file
    shown = browser_of(cast.ishii).get(address("exception", cast, exception_id=exception.pk)).text
    assert ("同意書あり" in shown) == on_file
    assert ("この機関を対象とした同意書なし" in shown) != on_file
    listed = browser_of(cast.ishii).get(f"/api/v1/e/{cast.environment.slug}/exceptions/").json()
    assert listed["results"][0]["consent_on_file"] == on_file


def test_the_emergency_goes_on_telling_of_a_consent_that_was_withdrawn_after_it(cast):
    doctor = makers.make_member(makers.make_organization(cast.environment, "さかきクリニック", "clinic"))
    consent = makers.make_consent(cast.hana, by=cast.sato, organizations=[doctor.organization], purposes=["emergency"])
    exception = actions.break_glass(client=cast.hana, ground="life", purpose="意識がない", by=doctor)

    actions.withdraw_consent(consent=consent, by=cast.sato)

    assert list(consents_on_file(exception)) == [consent]
