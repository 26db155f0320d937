"""Kept records and inspections for programs: the same doors and entries as the pages, and not a word more."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.models import Inspection
from tests import makers
from tests.saying import say

ASKED = {"basis": "supervision", "reference": "監査計画 8-2", "q": "ささき"}


@pytest.fixture(autouse=True)
def papers(cast):
    """One paper of each office on the team."""
    makers.make_paper(cast.hana, by=cast.sato, number=1, title="支援経過")
    makers.make_paper(cast.hana, by=cast.suzuki, number=2, title="看護記録")


def url(cast, name, **words):
    return reverse(f"clients_api:{name}", kwargs={"slug": cast.environment.slug, **words})


def of_hana(cast, name, **words):
    return url(cast, name, client_id=cast.hana.pk, **words)


def withdrawn(cast):
    actions.withdraw_consent(consent=cast.consent, by=cast.tanaka)


def sent(browser, address, **words):
    return browser.post(address, ASKED | words, content_type="application/json")


# -- the office that must keep its records


def test_a_program_is_shown_what_its_own_organization_keeps_once_the_client_is_closed(browser_of, cast):
    sato = browser_of(cast.sato)
    say(cast.room, cast.sato, "血圧が高い")
    assert sato.get(of_hana(cast, "kept")).status_code == 404
    assert sato.get(url(cast, "kept_list")).json()["count"] == 0

    withdrawn(cast)

    [listed] = sato.get(url(cast, "kept_list")).json()["results"]
    assert listed == {"id": str(cast.hana.pk), "name": cast.hana.name, "kana": cast.hana.kana, "birth_year": 1942}
    kept = sato.get(of_hana(cast, "kept")).json()
    assert kept["client"] == listed
    assert (kept["years"], kept["until"]) == (5, None)
    assert "38号" in kept["basis"]
    assert [seat["organization"] for seat in kept["seats"]] == [cast.hidamari.name]
    assert [(one["id"], one["is_in_force"]) for one in kept["consents"]] == [(str(cast.consent.pk), False)]
    [paper] = kept["papers"]
    assert paper["title"] == "支援経過"
    assert sato.get(paper["content"])["Content-Type"] == "image/jpeg"
    said = json.dumps(kept, ensure_ascii=False)
    assert "看護記録" not in said
    assert "血圧が高い" not in said


def test_a_paper_of_another_office_is_not_kept_for_this_one(browser_of, cast):
    withdrawn(cast)
    ways = [of_hana(cast, "kept_paper", paper_number=number) for number in (1, 2)]

    assert [browser_of(cast.sato).get(way).status_code for way in ways] == [200, 404]
    assert [browser_of(cast.suzuki).get(way).status_code for way in ways] == [404, 200]


def test_each_look_of_a_program_bears_the_legal_duty_in_the_ledger(browser_of, cast):
    withdrawn(cast)
    sato = browser_of(cast.sato)
    for way in (url(cast, "kept_list"), of_hana(cast, "kept"), of_hana(cast, "kept_paper", paper_number=1)):
        sato.get(way)

    looks = Entry.objects.filter(member_id=cast.sato.pk, purpose="legal-duty")
    assert [(look.verb, look.channel) for look in looks.order_by("pk")] == [
        ("clients.kept_listed", "api"),
        ("clients.opened", "api"),
        ("clients.opened", "api"),
    ]
    assert looks.first().detail == {"hits": 1, "clients": [str(cast.hana.pk)]}


def test_a_kept_record_takes_as_many_queries_for_many_consents_as_for_one(browser_of, cast):
    sato = browser_of(cast.sato)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert len(sato.get(of_hana(cast, "kept")).json()["consents"]) == len(cast.hana.consents.all())
        return len(found)

    withdrawn(cast)
    asked()
    one = asked()
    for _ in range(3):
        over = timezone.now() - timedelta(minutes=1)
        began = over - timedelta(days=1)
        makers.make_consent(cast.hana, by=cast.sato, valid_from=began, valid_to=over)

    assert asked() == one


# -- the auditor


def test_an_auditors_program_names_the_basis_finds_whom_it_looks_for_and_reads_what_stands_around(browser_of, cast):
    say(cast.room, cast.sato, "血圧が高い")
    withdrawn(cast)
    ishii = browser_of(cast.ishii)
    assert ishii.get(of_hana(cast, "inspection")).status_code == 404
    assert [one["id"] for one in sent(ishii, url(cast, "inspection_search")).json()] == [str(cast.hana.pk)]
    assert not Inspection.objects.exists()

    begun = sent(ishii, url(cast, "inspections"), client=str(cast.hana.pk))

    assert begun.status_code == 201
    read = ishii.get(of_hana(cast, "inspection")).json()
    assert read["id"] == begun.json()["id"] == str(Inspection.objects.get().pk)
    assert (read["basis"], read["reference"], read["division"]) == ("supervision", "監査計画 8-2", cast.city.name)
    assert {seat["organization"] for seat in read["seats"]} == {cast.hidamari.name, cast.aozora.name}
    assert [one["withdrawn_at"] is not None for one in read["consents"]] == [True]
    assert {(one["kind"], one["uploaded_by"]) for one in read["papers"]} == {
        ("consent", cast.sato.name),
        ("consent", cast.suzuki.name),
    }
    looks = {(look["verb"], look["who"].split(" (")[0]) for look in read["looks"]}
    assert ("clients.consent_withdrawn", cast.tanaka.name) in looks
    said = json.dumps(read, ensure_ascii=False)
    for word in ("血圧が高い", "支援経過", "看護記録"):
        assert word not in said
    purposes = Entry.objects.filter(member_id=cast.ishii.pk, outcome="done").values_list("verb", "purpose")
    assert set(purposes) >= {
        (f"clients.{verb}", "legal-basis:supervision")
        for verb in ("inspection_searched", "inspection_opened", "opened")
    }


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"basis": ""}, 400),
        ({"basis": "curiosity"}, 400),
        ({"reference": " "}, 400),
        ({"q": ""}, 400),
        ({"q": "なかむら"}, 404),
        ({"client": "7b0a1f0e-0000-4000-8000-000000000000"}, 404),
    ],
    ids=["no basis", "another basis", "no reference", "nobody", "somebody else", "nobody here"],
)
def test_without_basis_reference_and_the_words_that_fit_no_inspection_begins(browser_of, cast, wrong, status):
    ishii, way = browser_of(cast.ishii), url(cast, "inspections")
    words = {"client": str(cast.hana.pk)}

    answer = sent(ishii, way, **words | wrong)

    assert answer.status_code == status
    assert cast.hana.name not in answer.text
    assert not Inspection.objects.exists()
    assert sent(ishii, way, **words).status_code == 201


WRONG_BODIES = {
    "a list": [],
    "null": None,
    "other kinds": {"basis": [], "reference": {}, "q": 1.5, "client": 10**40},
    "nulls": dict.fromkeys([*ASKED, "client"]),
    "signs that cannot be stored": {"reference": "\x00", "q": "\x00"},
    "half a sign": {"reference": "\ud83d", "q": "\ud83d"},
    "far too long": {"reference": "あ" * 121, "q": "あ" * 101},
}


@pytest.mark.parametrize("wrong", WRONG_BODIES)
@pytest.mark.parametrize("name", ["inspections", "inspection_search"])
def test_what_an_auditors_program_sends_wrongly_is_refused_with_a_sentence(browser_of, cast, name, wrong):
    body = WRONG_BODIES[wrong]
    raw = json.dumps(ASKED | {"client": str(cast.hana.pk)} | body if isinstance(body, dict) else body)

    answer = browser_of(cast.ishii).post(url(cast, name), raw, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json().keys() >= {"code", "sentence"}
    assert not Inspection.objects.exists()
    assert not Entry.objects.filter(verb="clients.inspection_searched").exists()


@pytest.mark.parametrize("name", ["inspections", "inspection_search"])
def test_nobody_but_an_auditor_asks(browser_of, cast, name):
    words = {"client": str(cast.hana.pk)}

    for person in (cast.sato, cast.ito, cast.tanaka):
        answer = sent(browser_of(person), url(cast, name), **words)
        assert answer.status_code == 403
        assert cast.hana.name not in answer.text
    assert sent(browser_of(cast.ishii), url(cast, name), **words).status_code in {200, 201}


def test_an_inspection_by_program_is_ones_own_and_ends_after_two_hours(browser_of, cast):
    colleague = browser_of(makers.make_member(cast.ishii.organization, role="auditor"))
    ishii = browser_of(cast.ishii)
    sent(ishii, url(cast, "inspections"), client=str(cast.hana.pk))

    assert ishii.get(of_hana(cast, "inspection")).status_code == 200
    assert colleague.get(of_hana(cast, "inspection")).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=2, seconds=1)):
        assert browser_of(cast.ishii).get(of_hana(cast, "inspection")).status_code == 404
