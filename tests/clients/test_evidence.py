"""The scan of a signed paper is added to a consent that was recorded without it: once, examined, never replaced."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.models import ClientPaper, ConsentRecord
from apps.clients.refusals.consents import EvidenceThere
from apps.kernel.refusals import NotAllowed, NotHere
from tests import makers
from tests.clients.addresses import address
from tests.clients.scans import pdf


def sent(content: bytes, name: str = "同意書.pdf") -> dict[str, object]:
    return {"scan": SimpleUploadedFile(name, content, "application/pdf")}


def evidence(cast) -> str:
    return address("evidence", cast, client_id=cast.hana.pk, consent_id=cast.consent.pk)


def test_a_scan_is_added_later_and_kept_among_the_papers(browser_of, cast):
    page = browser_of(cast.sato)
    assert evidence(cast) in page.get(address("consents", cast, client_id=cast.hana.pk)).text

    assert page.post(evidence(cast), sent(pdf())).status_code == 302

    paper = ClientPaper.objects.get()
    assert ConsentRecord.objects.get(pk=cast.consent.pk).paper == paper
    assert paper.kind == "consent"
    assert Entry.objects.get(verb="clients.evidence_added").detail == {"paper": paper.number}
    assert evidence(cast) not in page.get(address("consents", cast, client_id=cast.hana.pk)).text


def test_a_file_that_is_not_what_it_claims_is_refused_and_nothing_is_kept(browser_of, cast):
    answer = browser_of(cast.sato).post(evidence(cast), sent(b"MZ\x90 no pdf"))

    assert answer.status_code == 422
    assert ConsentRecord.objects.get(pk=cast.consent.pk).paper is None
    assert not ClientPaper.objects.exists()


def test_what_shows_a_consent_is_never_replaced(browser_of, cast):
    first, second = makers.make_paper(cast.hana, by=cast.sato), makers.make_paper(cast.hana, by=cast.sato, number=2)
    actions.add_evidence(consent=cast.consent, paper=first, by=cast.sato)

    with pytest.raises(EvidenceThere):
        actions.add_evidence(consent=cast.consent, paper=second, by=cast.sato)
    assert "すでに" in browser_of(cast.sato).post(evidence(cast), sent(pdf()), follow=True).text
    for other in (second, None):
        with pytest.raises(IntegrityError, match="added, never replaced"), transaction.atomic():
            ConsentRecord.objects.filter(pk=cast.consent.pk).update(paper=other)


@pytest.mark.parametrize(("person", "refusal"), [("kobayashi", NotHere), ("takahashi", NotHere), ("guest", NotAllowed)])
def test_only_those_who_look_after_the_consent_add_it(cast, person, refusal):
    paper = makers.make_paper(cast.hana, by=cast.sato)
    member = makers.make_member(cast.aozora, role="guest") if person == "guest" else cast[person]

    with pytest.raises(refusal):
        actions.add_evidence(consent=cast.consent, paper=paper, by=member)


@pytest.mark.parametrize(("number", "status"), [(1, 204), (2, 404)])
def test_a_program_names_a_paper_of_the_same_record(browser_of, cast, number, status):
    makers.make_paper(cast.hana, by=cast.sato)
    other = makers.make_client(cast.environment, seats=[])
    makers.make_paper(other, by=cast.sato, number=2)
    url = f"/api/v1/e/{cast.environment.slug}/clients/{cast.hana.pk}/consents/{cast.consent.pk}/evidence/"

    assert browser_of(cast.sato).post(url, {"paper": number}, content_type="application/json").status_code == status
    assert (ConsentRecord.objects.get(pk=cast.consent.pk).paper is None) == (status == 404)
