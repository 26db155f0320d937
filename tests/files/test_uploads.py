"""Files arrive in pieces, go on after a broken line, and are there as a whole or not at all."""

import base64
import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from apps.audit.models import Entry
from apps.files import actions
from apps.files.kinds import TEXT
from apps.files.models import FileState, StoredFile, Upload, UploadPiece
from apps.files.scans.names import name_as, plain_name
from tests.files import makers as file_makers
from tests.files.sending import TUS, UPLOADS, begin, metadata, send_piece


def in_store(environment) -> set[str]:
    try:
        return set(storages["files"].listdir(str(environment.pk))[1])
    except FileNotFoundError:
        return set()


def test_a_file_arrives_in_pieces_and_is_handed_over_with_the_last(cast, browser_of):
    browser = browser_of(cast.sato)
    begun = begin(browser, 10, "報告.txt")
    where = begun["Location"]

    assert begun.status_code == 201
    assert send_piece(browser, where, 0, b"12345")["Upload-Offset"] == "5"
    assert not StoredFile.objects.exists()
    assert send_piece(browser, where, 5, b"67890")["Upload-Offset"] == "10"

    file = StoredFile.objects.get()
    assert (file.name, file.size, file.state, file.uploader) == ("報告.txt", 10, FileState.CHECKING, cast.sato)
    assert [piece.size for piece in UploadPiece.objects.all()] == [5, 5]
    verbs = Entry.objects.filter(verb__startswith="files.").values_list("verb", flat=True)
    assert list(verbs.order_by("id")) == ["files.upload_begun", "files.uploaded"]
    assert "報告" not in str([entry.detail for entry in Entry.objects.all()])


def test_after_a_broken_line_it_is_told_how_far_it_is_and_goes_on_there(cast, browser_of):
    browser = browser_of(cast.sato)
    where = begin(browser, 8)["Location"]
    send_piece(browser, where, 0, b"1234")

    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=False):
        asked = browser_of(cast.sato).head(where, headers=TUS)
        assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"]) == (200, "4", "8")
        assert "no-store" in asked["Cache-Control"]
        assert send_piece(browser, where, 4, b"5678").status_code == 204

    file = StoredFile.objects.get()
    actions.look_at(file_id=file.pk)
    file.refresh_from_db()
    assert file.sha256 == hashlib.sha256(b"12345678").hexdigest()


def test_a_piece_that_does_not_continue_is_refused_and_changes_nothing(cast, browser_of):
    browser = browser_of(cast.sato)
    where = begin(browser, 8)["Location"]
    send_piece(browser, where, 0, b"1234")
    before = in_store(cast.environment)

    assert send_piece(browser, where, 0, b"1234").status_code == 409
    assert send_piece(browser, where, 6, b"78").status_code == 409
    assert send_piece(browser, where, 4, b"56789").status_code == 413

    assert Upload.objects.get().arrived == 4
    assert in_store(cast.environment) == before


def test_a_piece_that_changed_on_its_way_is_not_kept(cast, browser_of):
    browser = browser_of(cast.sato)
    where = begin(browser, 4)["Location"]

    def said(content: bytes) -> str:
        return f"sha1 {base64.b64encode(hashlib.sha1(content).digest()).decode()}"

    assert send_piece(browser, where, 0, b"1234", Upload_Checksum=said(b"1235")).status_code == 460
    assert Upload.objects.get().arrived == 0
    assert in_store(cast.environment) == set()
    assert send_piece(browser, where, 0, b"1234", Upload_Checksum=said(b"1234")).status_code == 204


def test_what_is_given_up_leaves_nothing(cast, browser_of, django_capture_on_commit_callbacks):
    browser = browser_of(cast.sato)
    where = begin(browser, 8)["Location"]
    send_piece(browser, where, 0, b"1234")

    with django_capture_on_commit_callbacks(execute=True):
        assert browser.delete(where, headers=TUS).status_code == 204

    assert not Upload.objects.exists()
    assert in_store(cast.environment) == set()
    assert send_piece(browser, where, 4, b"5678").status_code == 404


def test_an_upload_that_waited_too_long_is_over(cast, browser_of):
    where = begin(browser_of(cast.sato), 8)["Location"]

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        answer = send_piece(browser_of(cast.sato), where, 0, b"1234")

    assert answer.status_code == 410


@pytest.mark.parametrize("person", ["suzuki", "ito", "matsumoto"])
def test_nobody_else_reaches_an_upload_or_a_file_that_is_attached_to_nothing(cast, browser_of, person):
    browser = browser_of(cast.sato)
    where = begin(browser, 8)["Location"]
    file = file_makers.make_file(cast.sato)
    address = f"{UPLOADS}{file.pk}/file/"
    assert (browser.head(where, headers=TUS).status_code, browser.get(address).status_code) == (200, 200)

    other = browser_of(cast[person])

    assert other.head(where, headers=TUS).status_code == 404
    assert send_piece(other, where, 0, b"1234").status_code == 404
    assert other.delete(where, headers=TUS).status_code == 404
    assert other.get(address).status_code == 404


def test_other_versions_and_unclear_beginnings_are_refused(cast, browser_of):
    browser = browser_of(cast.sato)
    around = {**TUS, "Upload-Length": "8", "Upload-Metadata": metadata("a.txt")}

    def asked(**changed: str) -> int:
        heads = {**around, **{name.replace("_", "-"): value for name, value in changed.items()}}
        return browser.post(UPLOADS, content_type="text/plain", headers=heads).status_code

    assert asked() == 201
    assert asked(Tus_Resumable="0.2.0") == 412
    assert asked(Upload_Length="many") == 400
    assert asked(Upload_Length="-1") == 400
    assert asked(Upload_Metadata="filename ****") == 400
    assert asked(Upload_Length="0") == 422
    where = begin(browser, 8)["Location"]
    wrong = browser.patch(where, data=b"1234", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"})
    assert wrong.status_code == 415
    offered = browser.options(UPLOADS)
    assert offered["Tus-Version"] == "1.0.0"
    assert {"creation", "expiration", "termination", "checksum"} == set(offered["Tus-Extension"].split(","))


def test_a_name_is_shown_without_what_deceives():
    def named(name: str) -> str:
        return name_as(plain_name(name), TEXT)

    assert named("../../etc/passwd.txt") == "passwd.txt"
    assert named("C:\\docs\\報告 書.txt") == "報告 書.txt"
    # U+202E turns what follows: `report\u202etxt.exe` looks like `reportexe.txt`.
    assert named("invoice\u202efdp.txt") == "invoicefdp.txt"
    assert named("a\x00b\x07.txt") == "ab.txt"
    assert named("") == "file.txt"
    assert named("2026.11.20") == "2026.11.20.txt"
    assert named("長" * 300 + ".txt").endswith("….txt")


def test_what_was_never_sent_is_swept_with_its_bytes(cast, django_capture_on_commit_callbacks):
    begun = file_makers.make_upload(cast.sato)
    unsent, kept = file_makers.make_file(cast.sato), file_makers.make_file(cast.sato, b"kept", kept_at=timezone.now())
    later = timezone.now() + timedelta(hours=49)

    with time_machine.travel(later, tick=False), django_capture_on_commit_callbacks(execute=True):
        actions.sweep(environment_id=cast.environment.pk)

    assert not Upload.objects.filter(pk=begun.pk).exists()
    assert list(StoredFile.objects.all()) == [kept]
    names = {kept.stored_as, kept.pictures.get().stored_as}
    assert {f"{cast.environment.pk}/{name}" for name in in_store(cast.environment)} == names
    assert not StoredFile.objects.filter(pk=unsent.pk).exists()
