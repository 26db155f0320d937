"""What stays open to whom by law: an office's own records after it has lost the client, an auditor with a basis."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import clients_kept_by, inspection_for
from apps.clients.models import Inspection, Seat
from apps.clients.retention import FIVE_YEARS, kept_until
from apps.kernel.refusals import NotHere
from tests import makers
from tests.clients.addresses import address
from tests.saying import say

long_ago = timezone.now() - timedelta(days=9)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def papers(cast):
    """One paper of each office on the team."""
    return {
        "sato": makers.make_paper(cast.hana, by=cast.sato, number=1, title="支援経過"),
        "suzuki": makers.make_paper(cast.hana, by=cast.suzuki, number=2, title="看護記録"),
    }


def kept(browser_of, cast, person):
    return browser_of(cast[person]).get(address("kept", cast, client_id=cast.hana.pk), headers=ENGLISH)


def paper(browser_of, cast, person, number):
    url = address("kept_paper", cast, client_id=cast.hana.pk, paper_number=number)
    return browser_of(cast[person]).get(url)


# -- the office that must keep its records


def test_after_the_withdrawal_an_office_keeps_its_own_papers_and_consents_and_is_told_why(browser_of, cast, papers):
    assert kept(browser_of, cast, "sato").status_code == 404
    say(cast.room, cast.sato, "血圧が高い")

    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    page = kept(browser_of, cast, "sato").content.decode()
    for word in ("Ordinance 38 of 1999", "5 years", "支援経過", cast.consent.reference, cast.hidamari.name):
        assert word in page
    for word in ("看護記録", "血圧が高い"):
        assert word not in page
    assert paper(browser_of, cast, "sato", 1).status_code == 200
    assert paper(browser_of, cast, "sato", 2).status_code == 404
    listed = browser_of(cast.sato).get(address("kept_list", cast)).content.decode()
    assert cast.hana.name in listed


def test_every_look_at_what_is_kept_bears_the_legal_duty_in_the_ledger(browser_of, cast, papers):
    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)
    kept(browser_of, cast, "sato")
    paper(browser_of, cast, "sato", 1)

    looks = Entry.objects.filter(member_id=cast.sato.pk, verb="clients.opened")
    assert {(look.purpose, look.client_id) for look in looks} == {("legal-duty", cast.hana.pk)}
    assert looks.count() == 2


@pytest.mark.parametrize(
    "person", ["tanaka", "takahashi", "ito", "ishii", "kobayashi", "matsumoto", "mori", "watanabe"]
)
def test_who_never_kept_anything_keeps_nothing(browser_of, cast, papers, person):
    makers.make_seat(cast.hana, cast.takahashi.organization)
    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)

    assert kept(browser_of, cast, person).status_code == 404
    assert paper(browser_of, cast, person, 1).status_code == 404
    assert kept(browser_of, cast, "suzuki").status_code == 200


def test_what_the_law_asks_for_ends_five_years_after_the_last_seat(cast):
    seat = Seat.objects.get(organization=cast.hidamari)
    seat.valid_to = timezone.now()
    seat.save(update_fields=["valid_to"])
    assert clients_kept_by(cast.sato).get() == cast.hana

    with time_machine.travel(timezone.now() + timedelta(days=365 * FIVE_YEARS - 30)):
        assert clients_kept_by(cast.sato).exists()
    with time_machine.travel(timezone.now() + timedelta(days=366 * FIVE_YEARS + 30)):
        assert not clients_kept_by(cast.sato).exists()


def test_a_leap_day_is_kept_a_day_longer_rather_than_not_at_all():
    leap = timezone.now().replace(year=2028, month=2, day=29)
    assert (kept_until("clinic", leap).month, kept_until("clinic", leap).day) == (3, 1)


def test_what_has_come_back_by_a_new_consent_is_no_longer_only_kept(cast):
    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)
    assert clients_kept_by(cast.sato).exists()

    makers.make_consent(cast.hana, by=cast.tanaka, valid_from=timezone.now())
    assert not clients_kept_by(cast.sato).exists()


# -- the auditor


def asking(browser_of, cast, person="ishii", **sent):
    form = {"basis": "supervision", "reference": "監査計画 8-2", "q": "ささき", **sent}
    return browser_of(cast[person]).post(address("inspections", cast), form, headers=ENGLISH)


def test_an_auditor_reaches_the_record_with_a_basis_and_sees_who_had_access_but_nothing_that_was_said(
    browser_of, cast, papers
):
    say(cast.room, cast.sato, "血圧が高い")
    browser_of(cast.suzuki).get(address("client", cast, client_id=cast.hana.pk))
    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)
    url = address("inspection", cast, client_id=cast.hana.pk)
    assert browser_of(cast.ishii).get(url).status_code == 404

    assert str(cast.hana.pk) in asking(browser_of, cast).content.decode()
    assert asking(browser_of, cast, client=str(cast.hana.pk)).url == url

    page = browser_of(cast.ishii).get(url, headers=ENGLISH).content.decode()
    for word in ("監査計画 8-2", cast.hidamari.name, "Withdrawn", "clients.consent_withdrawn", "鈴木 一郎"):
        assert word in page
    for word in ("血圧が高い", "支援経過", address("paper", cast, client_id=cast.hana.pk, paper_number=1)):
        assert word not in page
    for door in ("client", "papers", "consents"):
        assert browser_of(cast.ishii).get(address(door, cast, client_id=cast.hana.pk)).status_code == 404
    looks = Entry.objects.filter(member_id=cast.ishii.pk, client_id=cast.hana.pk, outcome="done")
    assert {look.purpose for look in looks} == {"legal-basis:supervision"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"basis": ""}, "required"),
        ({"basis": "curiosity"}, "choose from the list"),
        ({"reference": " "}, "required"),
        ({"q": ""}, "required"),
    ],
    ids=["no basis", "another basis", "no reference", "nobody"],
)
def test_without_a_basis_and_its_reference_nobody_is_even_found(browser_of, cast, wrong, said):
    answer = asking(browser_of, cast, client=str(cast.hana.pk), **wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert cast.hana.name not in answer.content.decode()
    assert not Inspection.objects.exists()


def test_a_client_who_was_not_looked_for_cannot_be_slipped_in(browser_of, cast):
    other = makers.make_client(cast.environment, seats=[], division=cast.city, name="中村 ヨシ", kana="なかむら よし")
    assert asking(browser_of, cast, client=str(other.pk)).status_code == 200
    assert not Inspection.objects.exists()
    assert asking(browser_of, cast, q="なかむら", client=str(other.pk)).status_code == 302


def test_an_inspection_is_one_auditors_own_and_ends_after_two_hours(cast):
    actions.open_inspection(client=cast.hana, basis="leak", reference="8-1", by=cast.ishii)
    colleague = makers.make_member(cast.ishii.organization, role="auditor")
    assert inspection_for(cast.ishii, cast.hana.pk).basis == "leak"

    with pytest.raises(NotHere):
        inspection_for(colleague, cast.hana.pk)
    with time_machine.travel(timezone.now() + timedelta(hours=2, seconds=1)), pytest.raises(NotHere):
        inspection_for(cast.ishii, cast.hana.pk)


@pytest.mark.parametrize("wrong", [{"reference": ""}, {"closes_at": long_ago}], ids=["no reference", "no end"])
def test_the_database_wants_a_reference_and_an_end(cast, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        makers.make_inspection(cast.hana, by=cast.ishii, **wrong)
    makers.make_inspection(cast.hana, by=cast.ishii)
