"""Consent opens and closes the door: seat and consent together, and nothing else but the division in charge."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import (
    BY_DIVISION,
    BY_HAND,
    BY_SEAT,
    can_see,
    clients_visible_to,
    next_change,
    people_who_can_see,
    why_visible,
)
from apps.clients.actions import Given
from apps.clients.models import Client, ConsentRecord, Seat
from apps.clients.refusals import (
    CannotBeOpened,
    ConsentEnded,
    ConsentNeeded,
    NobodyCovered,
    NotADivision,
    PeriodReversed,
    RelationMissing,
)
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from tests import makers
from tests.cast import PEOPLE

SEES = {"sato": BY_SEAT, "suzuki": BY_SEAT, "tanaka": BY_DIVISION}


def given(**more) -> Given:
    paper = {
        "signer": "self",
        "signer_name": "佐々木 ハナ",
        "signed_on": date(2026, 4, 1),
        "reference": "福祉課 2026-12",
    }
    return Given(**{**paper, **more})


@pytest.mark.parametrize("person", PEOPLE)
def test_who_sees_a_client_and_why(cast, person):
    member = cast[person]

    assert can_see(member, cast.hana) == (person in SEES)
    assert people_who_can_see(cast.hana).filter(pk=member.pk).exists() == (person in SEES)
    assert why_visible(member, cast.hana) == SEES.get(person)


def test_a_seat_without_consent_opens_nothing_until_a_consent_covers_it(cast):
    midori = cast.takahashi.organization
    actions.give_seat(client=cast.hana, organization=midori, by=cast.sato)
    assert not can_see(cast.takahashi, cast.hana)
    assert "awaited" in Notification.objects.get(receiver=cast.takahashi).sentence

    actions.record_consent(client=cast.hana, given=given(organizations=(midori,)), by=cast.tanaka)

    assert can_see(cast.takahashi, cast.hana)


def test_consent_without_a_seat_opens_nothing(cast):
    actions.record_consent(client=cast.hana, given=given(organizations=(cast.takahashi.organization,)), by=cast.tanaka)

    assert not can_see(cast.takahashi, cast.hana)


def test_a_consent_for_a_kind_covers_every_organization_of_it_on_the_team(cast):
    actions.give_seat(client=cast.hana, organization=cast.takahashi.organization, by=cast.sato)

    actions.record_consent(client=cast.hana, given=given(kinds=("home_help_office",)), by=cast.tanaka)

    assert can_see(cast.takahashi, cast.hana)
    assert not can_see(cast.matsumoto, cast.hana)


@pytest.mark.parametrize(
    "lacking",
    [
        {"purposes": ["introduction"]},
        {"covers_family": True, "signer": "family", "relation": "長女"},
        {"valid_from": timezone.now() + timedelta(days=1)},
        {"valid_from": timezone.now() - timedelta(days=9), "valid_to": timezone.now() - timedelta(days=1)},
    ],
    ids=["for another purpose", "about the family only", "not begun", "over"],
)
def test_a_consent_that_does_not_hold_for_this_opens_nothing(cast, lacking):
    other = makers.make_client(cast.environment, seats=[cast.hidamari], name="別の 人")
    makers.make_consent(other, by=cast.sato, **lacking)
    assert not can_see(cast.sato, other)

    makers.make_consent(other, by=cast.sato)
    assert can_see(cast.sato, other)


def test_withdrawal_closes_the_client_and_tells_those_who_lose_it(cast):
    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka, note="窓口で申出")

    assert not can_see(cast.sato, cast.hana)
    assert not can_see(cast.suzuki, cast.hana)
    assert can_see(cast.tanaka, cast.hana)
    assert set(Notification.objects.values_list("receiver", flat=True)) == {cast.sato.pk, cast.suzuki.pk}
    assert Entry.objects.get(verb="clients.consent_withdrawn").client_id == cast.hana.pk
    with pytest.raises(ConsentEnded):
        actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)


def test_a_consent_can_be_withdrawn_before_it_begins(cast):
    coming = makers.make_consent(cast.hana, by=cast.sato, valid_from=timezone.now() + timedelta(days=3))

    actions.withdraw_consent(consent=coming, by=cast.tanaka)

    assert can_see(cast.sato, cast.hana)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert not ConsentRecord.objects.in_force().filter(pk=coming.pk).exists()


def test_a_second_consent_keeps_the_door_open_when_the_first_is_withdrawn(cast):
    actions.record_consent(client=cast.hana, given=given(organizations=(cast.hidamari,)), by=cast.tanaka)

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    assert can_see(cast.sato, cast.hana)
    assert not can_see(cast.suzuki, cast.hana)


def test_a_consent_ends_by_itself(cast):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        other = makers.make_client(cast.environment, seats=[cast.hidamari])
        ends = timezone.now() + timedelta(days=30)
        makers.make_consent(other, by=cast.sato, valid_to=ends)
        assert can_see(cast.sato, other)
        assert next_change(timezone.now(), Client.objects.filter(pk=other.pk)) == ends

        clock.shift(timedelta(days=30))
        assert not can_see(cast.sato, other)


def test_staff_of_another_division_do_not_see_the_client(cast):
    child_welfare = makers.make_organization(cast.environment, "こども家庭課", "city_division")
    clerk = makers.make_member(child_welfare, role="desk")
    assert not can_see(clerk, cast.hana)

    theirs = makers.make_client(cast.environment, seats=[], division=child_welfare)
    assert list(clients_visible_to(clerk)) == [theirs]
    assert not can_see(cast.tanaka, theirs)


@pytest.mark.parametrize("role", ["admin", "auditor", "guest"])
def test_being_of_the_division_opens_nothing_to_who_does_not_work_with_clients(cast, role):
    assert not can_see(makers.make_member(cast.city, role=role), cast.hana)


def test_opening_by_hand_needs_a_consent_for_the_persons_organization(cast):
    with pytest.raises(CannotBeOpened):
        actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)

    actions.record_consent(client=cast.hana, given=given(organizations=(cast.takahashi.organization,)), by=cast.tanaka)
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)

    assert why_visible(cast.takahashi, cast.hana) == BY_HAND


def test_an_opening_by_hand_ends_on_its_day(cast):
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.takahashi.organization])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        until = timezone.now() + timedelta(days=7)
        actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato, expires_at=until)
        assert can_see(cast.takahashi, cast.hana)

        clock.shift(timedelta(days=7))
        assert not can_see(cast.takahashi, cast.hana)


def test_a_division_registers_a_client_without_consent_and_is_in_charge(cast):
    client = actions.register_client(name="中村 ヨシ", kana="なかむら よし", born_on=date(1940, 1, 1), by=cast.tanaka)

    assert client.division == cast.city
    assert not Seat.objects.filter(client=client).exists()
    assert why_visible(cast.tanaka, client) == BY_DIVISION


def test_an_office_registers_a_client_with_the_signed_consent_or_not_at_all(cast):
    facts = {"name": "中村 ヨシ", "kana": "なかむら よし", "born_on": date(1940, 1, 1), "by": cast.sato}
    with pytest.raises(ConsentNeeded):
        actions.register_client(**facts)
    assert Client.objects.count() == 1

    client = actions.register_client(**facts, consent=given(), division=cast.city)

    assert why_visible(cast.sato, client) == BY_SEAT
    assert can_see(cast.tanaka, client)
    assert Entry.objects.get(verb="clients.consent_recorded").client_id == client.pk


def test_only_a_division_can_be_in_charge(cast):
    with pytest.raises(NotADivision):
        actions.register_client(
            name="中", kana="なか", born_on=date(1940, 1, 1), by=cast.sato, consent=given(), division=cast.aozora
        )


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({}, NobodyCovered),
        ({"kinds": ("clinic",), "valid_to": timezone.now() - timedelta(days=1)}, PeriodReversed),
        ({"kinds": ("clinic",), "signer": "family"}, RelationMissing),
    ],
)
def test_a_consent_that_cannot_be_is_refused_and_nothing_is_written(cast, wrong, refusal):
    with pytest.raises(refusal):
        actions.record_consent(client=cast.hana, given=given(**wrong), by=cast.tanaka)

    assert ConsentRecord.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"purposes": []},
        {"reference": ""},
        {"signer": "guardian"},
        {"valid_to": timezone.now() - timedelta(days=9000)},
        {"withdrawn_at": timezone.now()},
        {"covers_family": True},
    ],
)
def test_the_database_refuses_the_same(cast, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        makers.make_consent(cast.hana, by=cast.sato, **wrong)
    makers.make_consent(cast.hana, by=cast.sato)


@pytest.mark.parametrize("person", ["takahashi", "ito", "ishii", "kobayashi", "matsumoto", "mori"])
def test_who_does_not_see_the_client_records_and_withdraws_nothing(cast, person):
    with pytest.raises(NotHere):
        actions.record_consent(client=cast.hana, given=given(kinds=("clinic",)), by=cast[person])
    with pytest.raises(NotHere):
        actions.withdraw_consent(consent=cast.consent, by=cast[person])
    assert ConsentRecord.objects.in_force().count() == 1


def test_who_was_let_in_by_hand_changes_no_consent(cast):
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.takahashi.organization])
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)

    with pytest.raises(NotAllowed):
        actions.withdraw_consent(consent=cast.consent, by=cast.takahashi)
