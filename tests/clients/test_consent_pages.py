"""Consents on pages: recorded, withdrawn, printed, and ending soon."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.access import can_see
from apps.clients.models import ConsentRecord
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import cover, on_page

MISSING = "00000000-0000-4000-8000-000000000000"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def midori(cast):
    """Takahashi's organization: it has a seat and waits for consent."""
    organization = cast.takahashi.organization
    makers.make_seat(cast.hana, organization)
    return organization


def page_of(browser_of, cast, person, page="consents"):
    url = address(page, cast, client_id=cast.hana.pk)
    return browser_of(cast[person]).get(url, headers=ENGLISH).content.decode()


def recording(browser_of, cast, **changed):
    url = address("new_consent", cast, client_id=cast.hana.pk)
    return browser_of(cast.tanaka).post(url, on_page(**changed), headers=ENGLISH)


@pytest.mark.parametrize("covers", ["kinds", "organizations"])
def test_a_recorded_consent_opens_the_client_to_whom_it_covers(browser_of, cast, midori, covers):
    assert not can_see(cast.takahashi, cast.hana)
    named = {"kinds": [midori.kind], "organizations": [str(midori.pk)]}

    answer = recording(browser_of, cast, **{covers: named[covers]})

    assert answer.url == address("consents", cast, client_id=cast.hana.pk)
    assert can_see(cast.takahashi, cast.hana)


def test_the_last_day_of_a_consent_is_a_whole_day(browser_of, cast, midori):
    last = timezone.localdate() + timedelta(days=5)
    recording(browser_of, cast, organizations=[str(midori.pk)], valid_to=last.isoformat())
    consent = ConsentRecord.objects.latest("recorded_at")
    assert consent.last_day == last
    with time_machine.travel(consent.valid_to - timedelta(seconds=1)):
        assert can_see(cast.takahashi, cast.hana)
    with time_machine.travel(consent.valid_to):
        assert not can_see(cast.takahashi, cast.hana)


def test_dates_are_written_in_wareki_or_western_style(browser_of, cast, midori):
    for signed_on in ("R8.4.1", "令和8年4月1日", "2026-04-01"):
        assert recording(browser_of, cast, organizations=[str(midori.pk)], signed_on=signed_on).status_code == 302
    signed = ConsentRecord.objects.exclude(pk=cast.consent.pk).values_list("signed_on", flat=True)
    assert {day.isoformat() for day in signed} == {"2026-04-01"}


FAMILY = {"signer": "family", "signer_name": "佐々木 恵", "relation": "長女"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-30"}, "end before it begins"),
        ({"valid_to": "2020-01-01", "valid_from": "2019-06-01"}, "has passed already"),
        ({**FAMILY, "relation": ""}, "in which relation"),
        ({**FAMILY, "signer_name": ""}, "name of the person who signed"),
        ({"organizations": []}, "choose at least one organization"),
        ({"signed_on": "2999-01-01"}, "still to come"),
        ({"signed_on": "R8.2.30"}, "no such day in the calendar"),
        ({"signed_on": "S64.1.9"}, "昭和 has no such day"),
        ({"signed_on": "R1.4.30"}, "令和 has no such day"),
        ({"signed_on": "someday"}, "write the date like"),
        ({"organizations": [MISSING]}, "choose from the list"),
        ({"organizations": ["x"]}, "choose from the list"),
        ({"kinds": ["everybody"]}, "choose from the list"),
        ({"signer": "neighbour"}, "choose from the list"),
        ({"purposes": []}, "at least one purpose"),
        ({"purposes": ["advertising"]}, "choose from the list"),
        ({"covers_family": "on"}, "signature of that family member"),
        ({"reference": ""}, "required"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_recorded(browser_of, cast, midori, wrong, said):
    right = {"organizations": [str(midori.pk)]}

    answer = recording(browser_of, cast, **{**right, **wrong})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ConsentRecord.objects.get() == cast.consent
    assert recording(browser_of, cast, **right).status_code == 302


def test_an_organization_of_another_environment_is_answered_like_none(browser_of, cast, midori):
    elsewhere, missing = (
        recording(browser_of, cast, organizations=[one]).content.decode().count("choose from the list")
        for one in (str(cast.watanabe.organization_id), MISSING)
    )
    assert elsewhere == missing > 0


def test_who_signs_for_themselves_is_written_down_by_the_clients_name(browser_of, cast, midori):
    recording(browser_of, cast, organizations=[str(midori.pk)], signer_name="他人", relation="他人")
    record = ConsentRecord.objects.latest("recorded_at")
    assert (record.signer_name, record.relation) == (cast.hana.name, "")


# -- the card and the team


def test_the_page_says_who_signed_for_what_for_whom_and_where_the_paper_is(browser_of, cast):
    cover(cast.hana, cast.aozora, **FAMILY, reference="綴り 77号", kinds=["pharmacy"])
    page = page_of(browser_of, cast, "sato")
    for word in ("佐々木 恵 (長女)", "Coordinating care", cast.aozora.name, "Pharmacy", "綴り 77号", "In force"):
        assert word in page


def test_every_organization_says_why_its_people_see_the_client_or_what_is_missing(browser_of, cast, midori):
    page = page_of(browser_of, cast, "sato", "team")
    assert page.count("Waiting for consent") == 1
    assert "Sees a card that names nobody" in page
    assert page.count("because their organization has this seat") == 2
    assert page.count("because their division is in charge") == 1

    cover(cast.hana, midori)
    assert "Waiting for consent" not in page_of(browser_of, cast, "sato", "team")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"valid_to": timezone.now() + timedelta(days=8)}, "Ends in 8 days"),
        ({"valid_from": timezone.now() + timedelta(days=8)}, "Not yet in force"),
        ({"valid_from": timezone.now() - timedelta(9), "valid_to": timezone.now() - timedelta(8)}, "Ended"),
    ],
    ids=["ending", "to come", "ended"],
)
def test_the_state_of_a_consent_is_said(browser_of, cast, fields, said):
    assert said not in page_of(browser_of, cast, "sato")
    cover(cast.hana, cast.aozora, **fields)
    assert said in page_of(browser_of, cast, "sato")


# -- withdrawing


def withdrawal(cast, consent=None):
    return address("withdraw_consent", cast, client_id=cast.hana.pk, consent_id=(consent or cast.consent).pk)


def test_before_a_withdrawal_the_page_says_whom_it_closes_out(browser_of, cast):
    page = browser_of(cast.tanaka).get(withdrawal(cast), headers=ENGLISH).content.decode()
    assert "2 people lose access at once (organizations: 2)" in page
    assert cast.consent.withdrawn_at is None

    cover(cast.hana, cast.aozora)
    page = browser_of(cast.tanaka).get(withdrawal(cast), headers=ENGLISH).content.decode()
    assert "1 person loses access at once (organizations: 1)" in page


def test_a_withdrawn_consent_closes_the_client_and_stays_listed(browser_of, cast):
    suzuki, page = browser_of(cast.suzuki), address("client", cast, client_id=cast.hana.pk)
    assert suzuki.get(page).status_code == 200

    answer = browser_of(cast.tanaka).post(withdrawal(cast), {"note": "窓口で申し出"})

    assert answer.url == address("consents", cast, client_id=cast.hana.pk)
    assert suzuki.get(page).status_code == 404
    shown = page_of(browser_of, cast, "tanaka")
    assert "1 former consent" in shown
    assert "窓口で申し出" in shown
    assert "Consent withdrawn" in shown
    assert browser_of(cast.tanaka).post(withdrawal(cast)).status_code == 422


def test_who_withdraws_the_own_consent_lands_in_the_list(browser_of, cast):
    assert browser_of(cast.sato).post(withdrawal(cast)).url == address("list", cast)


def test_a_consent_of_another_client_is_missing(browser_of, cast):
    other = makers.make_client(cast.environment, seats=[cast.hidamari], division=cast.city)
    consent = makers.make_consent(other, by=cast.sato)
    assert browser_of(cast.tanaka).post(withdrawal(cast, consent)).status_code == 404
    assert ConsentRecord.objects.in_force().filter(pk=consent.pk).exists()


def test_a_note_that_is_too_long_withdraws_nothing(browser_of, cast):
    assert browser_of(cast.tanaka).post(withdrawal(cast), {"note": "あ" * 201}).status_code == 422
    assert can_see(cast.suzuki, cast.hana)


# -- ending soon


def test_consents_that_end_within_thirty_days_are_listed_for_who_may_change_them(browser_of, cast):
    url, today = address("expiring", cast), address("list", cast)
    assert cast.hana.name not in browser_of(cast.sato).get(url).content.decode()
    assert url not in browser_of(cast.sato).get(today).content.decode()

    cover(cast.hana, cast.takahashi.organization, valid_to=timezone.now() + timedelta(days=29), by=cast.suzuki)

    for person in ("sato", "suzuki", "tanaka"):
        assert cast.hana.name in browser_of(cast[person]).get(url).content.decode()
        assert url in browser_of(cast[person]).get(today).content.decode()
    for person in ("takahashi", "ito", "kobayashi"):
        assert cast.hana.name not in browser_of(cast[person]).get(url).content.decode()
        assert url not in browser_of(cast[person]).get(today).content.decode()
    entry = Entry.objects.filter(verb="clients.expiring_listed", member_id=cast.tanaka.pk).get()
    assert entry.detail == {"hits": 1, "clients": [str(cast.hana.pk)]}


@pytest.mark.parametrize(("days", "listed"), [(29, True), (31, False)])
def test_a_consent_is_announced_thirty_days_ahead(browser_of, cast, days, listed):
    cover(cast.hana, cast.takahashi.organization, valid_to=timezone.now() + timedelta(days=days), by=cast.suzuki)
    page = browser_of(cast.sato).get(address("expiring", cast)).content.decode()
    assert (cast.hana.name in page) is listed
