"""The signed report: what is in it, that a changed byte is found, and by which key it is signed."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography.fernet import InvalidToken
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scope
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from apps.audit import actions as audit
from apps.kernel import vault
from apps.kernel.print import pdf
from apps.oversight import actions, queries
from apps.oversight.models import ReportKey
from apps.oversight.packing import signing
from apps.oversight.refusals import TooManyForPaper
from tests.audit.deeds import done
from tests.oversight.test_exports import bytes_of, taken

PAGE = "/e/sakuragawa-care/ledger/exports/"


@pytest.fixture
def report(cast):
    audit.opened(cast.hana, by=cast.sato)
    client = {"client": str(cast.hana.pk)}
    return taken(cast, "pdf", told={"client": cast.hana.pk}, asked=client)


def judged(content, certificate):
    """What a reader says who trusts the environment's certificate."""
    _kind, _head, der = pem.unarmor(certificate)
    trusted = ValidationContext(trust_roots=[Certificate.load(der)], allow_fetching=False)
    return validate_pdf_signature(PdfFileReader(BytesIO(content)).embedded_signatures[0], trusted)


def words_of(content):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).replace("\n", "")


def test_a_report_is_signed_by_the_certificate_that_can_be_had(cast, report, browser_of):
    certificate = browser_of(cast.ishii).get(f"{PAGE}certificate/").content

    found = judged(bytes_of(report), certificate)

    assert (found.intact, found.valid, found.trusted, found.bottom_line) == (True, True, True, True)
    assert found.coverage.name == "ENTIRE_FILE"


def test_a_changed_byte_is_found(report):
    content, certificate = bytearray(bytes_of(report)), signing.certificates()
    content[len(content) // 3] ^= 1

    found = judged(bytes(content), certificate)
    assert not found.intact
    assert not found.bottom_line


def test_another_environments_signature_is_not_this_ones(cast, report):
    plain = pdf("oversight", "report", {"facts": [], "proof": [], "rows": [], "stamp": ""})
    with scope(environment=cast.elsewhere):
        another = signing.signed(plain, cast.elsewhere)

    found = judged(another, signing.certificates())
    assert found.intact
    assert not found.trusted


def test_a_report_tells_the_question_the_entries_and_how_to_check_them(cast, report):
    words = words_of(bytes_of(report))

    for word in ("監査ログ報告書", cast.hana.name, "佐藤 花子", "利用者の記録を開きました", "1 件", "確かめ方"):
        assert word.replace(" ", "") in words.replace(" ", "")
    assert signing.fingerprint().replace(" ", "") in words.replace(" ", "")


def test_a_report_of_nothing_says_so(cast):
    export = taken(cast, "pdf", told={"client": cast.hana.pk}, asked={"client": str(cast.hana.pk)})

    assert "該当する記録はありません" in words_of(bytes_of(export))


def test_a_report_that_would_be_too_long_is_refused_and_not_cut(cast, monkeypatch, browser_of):
    monkeypatch.setattr("apps.oversight.actions.exports.MOST_ON_PAPER", 3)
    done(cast, 4)

    with pytest.raises(TooManyForPaper):
        actions.ask_for_export(question=queries.asked_of({}), asked={}, form="pdf", by=cast.ishii)
    answer = browser_of(cast.ishii).post(PAGE, {"form": "pdf", "span": "found"})
    assert answer.status_code == 422
    assert "報告書に載せられるのは3件まで" in answer.content.decode()


def test_the_key_is_locked_and_the_next_report_uses_the_same(cast, report):
    key = ReportKey.objects.get()
    with pytest.raises(InvalidToken):
        vault.unlock(key.locked, purpose="oversight.reports.another")

    audit.opened(cast.hana, by=cast.suzuki)
    taken(cast, "pdf")
    assert ReportKey.objects.get() == key


def test_a_certificate_that_ends_is_followed_by_another(cast):
    first = signing.have_a_key(cast.environment)
    with time_machine.travel(timezone.now() + timedelta(days=3651)):
        second = signing.have_a_key(cast.environment)

    assert (first.number, second.number) == (1, 2)
    assert signing.certificates().count(b"BEGIN CERTIFICATE") == 2


def test_a_key_that_no_data_key_opens_any_more_is_followed_by_another(cast, settings):
    first = signing.have_a_key(cast.environment)
    settings.DATA_KEYS = ["another-key-of-the-house-" * 2]

    assert signing.have_a_key(cast.environment).number == first.number + 1


def test_a_number_of_a_key_is_given_once(cast):
    signing.make_key(cast.environment, 1)
    with pytest.raises(IntegrityError, match="a_report_key_follows_another_once"), transaction.atomic():
        signing.make_key(cast.environment, 1)


def test_before_the_first_report_there_is_no_certificate(cast, browser_of):
    browser = browser_of(cast.ishii)

    assert browser.get(f"{PAGE}certificate/").status_code == 404
    assert "certificate/" not in browser.get(PAGE).content.decode()
    assert browser_of(cast.ito).get(f"{PAGE}certificate/").status_code == 403


def test_a_download_of_a_report_is_a_pdf(cast, report, browser_of):
    answer = browser_of(cast.ishii).get(f"{PAGE}{report.pk}/content/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith('.pdf"')
    assert storages["exports"].exists(report.stored_as)
