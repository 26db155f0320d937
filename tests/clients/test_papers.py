"""Papers in a client's record: kept whole or not at all, opened through their door only, removed from sight."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions, tasks
from apps.clients.models import ClientPaper, ConsentRecord
from apps.clients.refusals import PaperIsEvidence, PaperLost, PaperTwice
from apps.clients.scans import HEAVIEST, examined
from apps.kernel.refusals import NotHere
from tests import makers
from tests.clients import scans
from tests.clients.addresses import address
from tests.clients.papers import in_api, on_page

ENGLISH = {"Accept-Language": "en"}


def upload(content=None, name="IMG_0001.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, scans.photo() if content is None else content, content_type=kind)


def adding(browser_of, cast, person="sato", **changed):
    url = address("new_paper", cast, client_id=cast.hana.pk)
    sent = {"scan": upload(), "kind": "certificate", "title": "保険証", **changed}
    return browser_of(cast[person]).post(url, sent, headers=ENGLISH)


def keep(cast, content=None, **more):
    scan = examined(scans.photo() if content is None else content, "")
    return actions.keep_paper(client=cast.hana, scan=scan, by=cast.sato, **{"kind": "plan", **more})


def of_paper(name, cast, paper):
    return address(name, cast, client_id=paper.client_id, paper_number=paper.number)


# -- kept


def test_a_photo_is_added_listed_and_opened(browser_of, cast):
    answer = adding(browser_of, cast)

    assert answer.url == address("papers", cast, client_id=cast.hana.pk)
    paper = ClientPaper.objects.get()
    assert (paper.number, paper.kind, paper.title, paper.original_name) == (1, "certificate", "保険証", "IMG_0001.jpg")
    page = browser_of(cast.suzuki).get(answer.url).content.decode()
    assert "保険証" in page
    assert of_paper("paper", cast, paper) in page
    assert of_paper("paper_preview", cast, paper) in page
    assert browser_of(cast.suzuki).get(of_paper("paper", cast, paper)).content.startswith(b"\xff\xd8\xff")


def test_papers_are_numbered_within_their_client_and_a_number_never_comes_back(cast):
    first = keep(cast)
    actions.remove_paper(paper=first, by=cast.sato)

    assert keep(cast).number == 2
    other = makers.make_client(cast.environment, seats=[], division=cast.city)
    assert actions.keep_paper(client=other, scan=examined(scans.pdf(), ""), kind="plan", by=cast.tanaka).number == 1


def test_the_same_file_is_in_a_record_once(cast):
    paper = keep(cast)
    with pytest.raises(PaperTwice):
        keep(cast, kind="other")
    assert ClientPaper.objects.get() == paper


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"scan": upload(b"MZ program", "同意書.pdf", "application/pdf")}, "neither"),
        ({"scan": upload(name="同意書.pdf", kind="application/pdf")}, "not what its name says: it holds JPEG"),
        ({"scan": upload(scans.pdf(action=scans.script()), "a.pdf")}, "holds macros, programs"),
        ({"scan": upload(scans.pdf(password="x"), "a.pdf")}, "protected with a password"),
        ({"scan": upload(scans.bomb(), "a.png")}, "million pixels"),
        ({"scan": ""}, "Please choose a file"),
        ({"scan": upload(b"")}, "This file is empty"),
        ({"kind": "letter"}, "choose from the list"),
        ({"title": "あ" * 81}, "80"),
    ],
    ids=["a program", "a photo named pdf", "a script", "locked", "a bomb", "no file", "empty", "a kind", "a title"],
)
def test_what_cannot_be_kept_is_said_beside_the_field_and_leaves_nothing(browser_of, cast, wrong, said):
    before = files()

    answer = adding(browser_of, cast, **wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ClientPaper.objects.exists()
    assert files() == before
    assert adding(browser_of, cast).status_code == 302


def test_a_file_beyond_the_bound_is_refused_before_it_is_read(browser_of, cast):
    answer = adding(browser_of, cast, scan=upload(b"\xff\xd8\xff" + b"0" * (HEAVIEST + 100_000)))

    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()
    assert not ClientPaper.objects.exists()


def files() -> set[Path]:
    return {file for file in Path(storages["papers"].location).rglob("*") if file.is_file()}


def test_what_a_failed_transaction_leaves_behind_is_swept(cast):
    paper, before = keep(cast), files()
    with pytest.raises(RuntimeError), transaction.atomic():
        keep(cast, scans.pdf())
        raise RuntimeError
    assert len(files() - before) == 1

    tasks.sweep_papers(timestamp=0)
    assert len(files() - before) == 1, "an upload may still be under way"
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        tasks.sweep_papers(timestamp=0)

    kept = {Path(storages["papers"].path(name)) for name in (paper.stored_as, paper.preview_as)}
    assert files() & (before | kept) >= kept
    assert len(files() - before) == 0


def test_where_files_lie_nothing_tells_whose_they_are_and_nobody_else_may_read(cast):
    paper = keep(cast, title="佐々木ハナ 保険証")
    file = Path(storages["papers"].path(paper.stored_as))

    assert str(cast.hana.pk) not in paper.stored_as
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    assert paper.stored_as.partition("/")[0] == str(cast.environment.pk)


# -- the door


def test_a_file_comes_as_what_it_is_and_acts_on_nothing(browser_of, cast):
    for content, kind, sandbox in ((scans.photo(), "image/jpeg", True), (scans.pdf(), "application/pdf", False)):
        paper = keep(cast, content)
        answer = browser_of(cast.suzuki).get(of_paper("paper", cast, paper))

        assert answer["Content-Type"] == kind
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith(f'inline; filename="paper-{paper.number}.')
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert ("sandbox" in answer["Content-Security-Policy"]) is sandbox


def test_every_look_at_a_file_is_in_the_ledger_with_its_client(browser_of, cast):
    paper = keep(cast)
    browser_of(cast.suzuki).get(of_paper("paper", cast, paper))

    entry = Entry.objects.get(verb="clients.opened", subject_kind="clients.clientpaper")
    assert (entry.member_id, entry.client_id, entry.subject_id) == (cast.suzuki.pk, cast.hana.pk, str(paper.pk))
    kept = Entry.objects.get(verb="clients.paper_kept")
    assert kept.client_id == cast.hana.pk
    assert "保険証" not in str(kept.detail)


@pytest.mark.parametrize("door", ["paper", "paper_preview", "papers", "remove_paper"])
def test_whoever_does_not_see_the_client_finds_no_paper(browser_of, cast, door):
    paper = keep(cast)
    words = {"paper_number": paper.number} if door != "papers" else {}
    url = address(door, cast, client_id=cast.hana.pk, **words)

    assert browser_of(cast.takahashi).get(url).status_code == 404
    assert browser_of(cast.suzuki).get(url).status_code == 200


def test_a_file_that_is_not_the_one_that_was_kept_is_shown_to_nobody(browser_of, cast):
    paper = keep(cast)
    url = of_paper("paper", cast, paper)
    assert browser_of(cast.sato).get(url).status_code == 200

    Path(storages["papers"].path(paper.stored_as)).write_bytes(scans.photo(colour=(1, 2, 3)))
    answer = browser_of(cast.sato).get(url, headers=ENGLISH)
    assert answer.status_code == PaperLost.status
    assert "not the one that was kept" in answer.content.decode()

    storages["papers"].delete(paper.stored_as)
    assert browser_of(cast.sato).get(url).status_code == PaperLost.status


# -- removed


def test_a_removed_paper_is_missing_everywhere_and_stays_in_the_rows(browser_of, cast):
    paper = keep(cast)

    assert browser_of(cast.sato).post(of_paper("remove_paper", cast, paper)).status_code == 302

    for door in ("paper", "paper_preview", "remove_paper"):
        assert browser_of(cast.sato).get(of_paper(door, cast, paper)).status_code == 404
    listed = browser_of(cast.sato).get(address("papers", cast, client_id=cast.hana.pk)).content.decode()
    assert of_paper("paper", cast, paper) not in listed
    paper.refresh_from_db()
    assert (paper.removed_by, storages["papers"].exists(paper.stored_as)) == (cast.sato, True)
    assert Entry.objects.get(verb="clients.paper_removed").client_id == cast.hana.pk
    with pytest.raises(NotHere):
        actions.remove_paper(paper=paper, by=cast.sato)


def test_the_evidence_of_a_consent_is_not_removed(cast):
    paper = keep(cast, kind="consent")
    makers.make_consent(cast.hana, by=cast.sato, paper=paper, reference="")

    with pytest.raises(PaperIsEvidence):
        actions.remove_paper(paper=paper, by=cast.tanaka)


# -- evidence


def recording(browser_of, cast, **changed):
    url = address("new_consent", cast, client_id=cast.hana.pk)
    sent = on_page(organizations=[str(cast.aozora.pk)], **changed)
    return browser_of(cast.tanaka).post(url, sent, headers=ENGLISH)


def test_a_consent_is_shown_by_its_scan_alone(browser_of, cast):
    answer = recording(browser_of, cast, reference="", scan=upload(scans.pdf(), "同意書.pdf"))

    assert answer.status_code == 302
    paper = ConsentRecord.objects.latest("recorded_at").paper
    assert (paper.kind, paper.client) == ("consent", cast.hana)
    assert of_paper("paper", cast, paper) in browser_of(cast.sato).get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reference": ""}, "shown by something"),
        ({"scan": upload(b"MZ program", "同意書.pdf")}, "neither"),
    ],
    ids=["nothing to show", "no paper"],
)
def test_a_consent_without_evidence_is_refused_and_nothing_is_kept(browser_of, cast, wrong, said):
    answer = recording(browser_of, cast, **wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ConsentRecord.objects.get() == cast.consent
    assert not ClientPaper.objects.exists()


def test_two_consents_on_one_paper_share_its_scan(browser_of, cast):
    for _ in range(2):
        assert recording(browser_of, cast, reference="", scan=upload(scans.pdf(), "a.pdf")).status_code == 302

    assert ClientPaper.objects.count() == 1
    assert ConsentRecord.objects.filter(paper__isnull=False).count() == 2


def test_the_database_wants_evidence_and_a_paper_of_the_same_client(cast):
    other = makers.make_client(cast.environment, seats=[], division=cast.city)
    strange = makers.make_paper(other, by=cast.tanaka)
    for wrong in ({"reference": ""}, {"paper": strange}):
        with pytest.raises(IntegrityError), transaction.atomic():
            makers.make_consent(cast.hana, by=cast.sato, **wrong)
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    makers.make_consent(cast.hana, by=cast.sato, reference="", paper=makers.make_paper(cast.hana, by=cast.sato))


# -- for programs


def api(name, cast, **words):
    return reverse(f"clients_api:{name}", kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk, **words})


def test_a_program_adds_reads_and_removes_a_paper_and_names_it_as_evidence(browser_of, cast):
    sato = browser_of(cast.sato)

    kept = sato.post(api("papers", cast), {"file": upload(scans.pdf(), "a.pdf"), "kind": "consent"})
    assert kept.status_code == 201
    assert sato.get(api("papers", cast)).json() == [kept.json()]
    number = kept.json()["number"]
    content = sato.get(api("paper_content", cast, paper_number=number))
    assert (content.content, content["Content-Type"]) == (scans.pdf(), "application/pdf")

    paper = in_api(organizations=[str(cast.aozora.pk)], reference="", paper=number)
    recorded = sato.post(api("consents", cast), paper, content_type="application/json")
    assert (recorded.status_code, recorded.json()["paper"]) == (201, number)
    assert sato.delete(api("paper", cast, paper_number=number)).json()["code"] == "paper_is_evidence"

    other = sato.post(api("papers", cast), {"file": upload(), "kind": "other"}).json()["number"]
    assert sato.delete(api("paper", cast, paper_number=other)).status_code == 204
    assert sato.get(api("paper_content", cast, paper_number=other)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"file": upload(b"MZ", "a.pdf")}, 400),
        ({"file": "text"}, 400),
        ({"file": upload(b"")}, 400),
        ({"kind": "letter"}, 400),
        ({"file": upload(b"\xff\xd8\xff" + b"0" * (HEAVIEST + 100_000))}, 422),
    ],
    ids=["a program", "no file", "empty", "a kind", "too heavy"],
)
def test_a_program_is_told_what_cannot_be_kept(browser_of, cast, wrong, status):
    right = {"file": upload(), "kind": "plan"}

    answer = browser_of(cast.sato).post(api("papers", cast), {**right, **wrong})

    assert (answer.status_code, {"code", "sentence"} <= answer.json().keys()) == (status, True)
    assert not ClientPaper.objects.exists()
    assert browser_of(cast.sato).post(api("papers", cast), {"file": upload(), "kind": "plan"}).status_code == 201


def test_a_consent_cannot_be_shown_by_a_paper_that_is_not_in_the_record(browser_of, cast):
    sent = in_api(organizations=[str(cast.aozora.pk)], reference="", paper=7)
    assert browser_of(cast.sato).post(api("consents", cast), sent, content_type="application/json").status_code == 404
