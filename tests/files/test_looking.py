"""A file is what its bytes are: what acts, hides, explodes or deceives is refused in a sentence, the rest is cleaned."""

import hashlib
import io
import os
import zipfile

import pytest
from django.db import ProgrammingError, transaction
from PIL import Image
from pillow_heif import register_heif_opener

from apps.files import actions, refusals
from apps.files.models import FileState, StoredFile, Upload
from apps.files.queries import drawn, opened, picture_of, why_refused
from apps.files.scans.looking import look
from tests.clients import scans
from tests.files import makers, sending
from tests.files.sending import sent, word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def telephones_photos_are_read():
    register_heif_opener(thumbnails=False)


@pytest.fixture
def found(tmp_path):
    """What is found in bytes under a name, here instead of in a process of its own."""

    def find(content: bytes, name: str):
        source, folder = tmp_path / "source", tmp_path / "drawn"
        source.write_bytes(content)
        folder.mkdir(exist_ok=True)
        return look(source, name, folder)

    return find


@pytest.mark.parametrize(
    ("content", "name", "content_type", "named"),
    [
        (scans.photo(), "IMG_0001.JPG", "image/jpeg", "IMG_0001.JPG"),
        (scans.photo(), "IMG", "image/jpeg", "IMG.jpg"),
        (scans.png(), "図.png", "image/png", "図.png"),
        (sending.heic(), "IMG_2.HEIC", "image/jpeg", "IMG_2.jpg"),
        (scans.pdf(pages=2), "計画書.pdf", "application/pdf", "計画書.pdf"),
        (
            word(),
            "記録.docx",
            f"{'application/vnd.openxmlformats-officedocument'}.wordprocessingml.document",
            "記録.docx",
        ),
        ("氏名,日\r\n".encode("cp932"), "一覧.csv", "text/csv", "一覧.csv"),
        ("申し送り".encode(), "memo.txt", "text/plain", "memo.txt"),
        (zipped(a__txt="一", b__pdf=scans.pdf()), "書類.zip", "application/zip", "書類.zip"),
        (sending.film(), "歩行.mp4", "video/mp4", "歩行.mp4"),
        (makers.wav(), "声.wav", "audio/wav", "声.wav"),
    ],
    ids=["jpeg", "without an ending", "png", "heic", "pdf", "word", "csv", "text", "zip", "film", "sound"],
)
def test_files_of_the_field_are_kept_as_what_they_are(found, content, name, content_type, named):
    kept = found(content, name)

    assert (kept.content_type, kept.name) == (content_type, named)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"MZ\x90\x00" + os.urandom(99), "計画書.pdf", refusals.FileUnknown),
        (b"\x7fELF" + os.urandom(99), "run", refusals.FileUnknown),
        (b"<html><script>alert(1)</script>", "page.html", refusals.FileIsSomethingElse),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "図.svg", refusals.FileIsSomethingElse),
        (scans.pdf(), "photo.jpg", refusals.FileIsSomethingElse),
        (scans.pdf(), "計画書.pdf.exe", refusals.FileIsSomethingElse),
        (scans.pdf(password="sakura"), "a.pdf", refusals.FileLocked),
        (scans.pdf(action=scans.script()), "a.pdf", refusals.FileActs),
        (scans.pdf(attached=b"MZ"), "a.pdf", refusals.FileActs),
        (scans.bomb(), "a.png", refusals.FileTooFine),
        (scans.photo()[:200], "a.jpg", refusals.FileUnreadable),
        (sending.heic()[:400], "a.heic", refusals.FileUnreadable),
        (word(**{"word/vbaProject.bin": b"macro"}), "a.docx", refusals.FileActs),
        (word(**{"word/embeddings/oleObject1.bin": b"x"}), "a.docx", refusals.FileActs),
        (
            word(**{"word/_rels/settings.xml.rels": '<Relationship Type="x/attachedTemplate" TargetMode="External"/>'}),
            "a.docx",
            refusals.FileActs,
        ),
        (OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", refusals.FileLocked),
        (OLE + bytes(500), "a.xls", refusals.FileIsOld),
        (sending.locked_zip(), "a.zip", refusals.FileLocked),
        (zipped(run__exe=b"MZ" + os.urandom(50)), "a.zip", refusals.FileUnknown),
        (zipped(inner__zip=zipped(a__txt="一")), "a.zip", refusals.FileHoldsArchive),
        (zipped(a__pdf=scans.pdf(action=scans.script())), "a.zip", refusals.FileActs),
        (zipped(a__docx=word(**{"word/vbaProject.bin": b"macro"})), "a.zip", refusals.FileActs),
        (zipped(), "a.zip", refusals.FileEmpty),
        (b"PK\x03\x04" + os.urandom(99), "a.zip", refusals.FileUnreadable),
        ("番号 123456789018".encode(), "a.txt", refusals.FileHoldsNumber),
        (zipped(a__txt="番号 123456789018"), "a.zip", refusals.FileHoldsNumber),
    ],
)
def test_what_acts_hides_or_deceives_is_refused_in_a_sentence(found, content, name, refusal):
    with pytest.raises(refusals.FileRefused) as refused:
        found(content, name)

    assert type(refused.value) is refusal
    assert "%(" not in refused.value.said


def test_a_link_in_a_word_file_is_no_danger(found):
    link = '<Relationship Type="http://x/relationships/hyperlink" Target="https://a" TargetMode="External"/>'

    assert found(word(**{"word/_rels/document.xml.rels": link}), "a.docx").name == "a.docx"


def test_an_archive_that_unpacks_too_far_is_refused_before_it_is_unpacked(found, monkeypatch):
    monkeypatch.setattr("apps.files.scans.archives.UNPACKED", 1000)

    with pytest.raises(refusals.FileUnpacksTooFar):
        found(zipped(a__txt="あ" * 1000), "a.zip")


def test_an_archive_that_lies_about_its_size_is_refused(found):
    content = bytearray(zipped(a__txt="a" * 5000))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = (10).to_bytes(4, "little")

    with pytest.raises((refusals.FileUnpacksTooFar, refusals.FileUnreadable)):
        found(bytes(content), "a.zip")


@pytest.mark.parametrize(("content", "name"), [(scans.photo(turned=6), "a.jpg"), (sending.heic((48, 64)), "a.heic")])
def test_a_picture_tells_neither_place_nor_camera_and_stands_upright(cast, content, name):
    assert b"Pocket Camera" in content

    file = sent(content, name, by=cast.sato)

    with opened(file) as kept:
        everything = [kept.read(), drawn(picture_of(file, "thumbnail")), drawn(picture_of(file, "preview"))]
    for one in everything:
        picture = Image.open(io.BytesIO(one))
        assert picture.format == "JPEG"
        assert not picture.getexif()
        assert b"Pocket Camera" not in one
    with Image.open(io.BytesIO(everything[0])) as picture:
        assert picture.width > picture.height if name == "a.jpg" else picture.width < picture.height


def test_a_film_tells_no_place_and_not_a_byte_of_it_moves(cast):
    content = sending.film()
    assert b"+39.2844" in content

    file = sent(content, "歩行.mp4", by=cast.sato)

    with opened(file) as kept:
        after = kept.read()
    assert len(after) == len(content)
    assert b"+39.2844" not in after
    assert b"udta" not in after
    assert after.endswith(b"moving pictures")


def test_a_pdf_is_shown_page_by_page_and_its_bytes_stay(cast):
    content = scans.pdf(pages=3)

    file = sent(content, "計画書.pdf", by=cast.sato)

    assert (file.pages, file.kind) == (3, "pdf")
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    for role, number in (("thumbnail", 0), ("page", 1), ("page", 3)):
        assert drawn(picture_of(file, role, number)).startswith(b"\xff\xd8\xff")


def test_an_exchanged_care_plan_is_kept_byte_for_byte(cast):
    content = "1,032069,0000123456,鈴木\r\n".encode("cp932")
    name = "UPPLAN_202610_0370600017_43_0370600025_15_20261031093000.CSV"

    file = sent(content, name, by=cast.sato)

    assert (file.name, file.content_type) == (name, "text/csv")
    with opened(file) as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == hashlib.sha256(content).hexdigest() == file.sha256


def test_a_refused_file_leaves_its_reason_and_nothing_else(cast, django_capture_on_commit_callbacks):
    from django.core.files.storage import storages

    with django_capture_on_commit_callbacks(execute=True):
        file = sent(word(**{"word/vbaProject.bin": b"macro"}), "a.docx", by=cast.sato)

    assert (file.state, file.reason, file.stored_as) == (FileState.REFUSED, "file_acts", "")
    assert "マクロ" in why_refused(file)
    assert not Upload.objects.exists()
    assert storages["files"].listdir(str(cast.environment.pk))[1] == []


def test_looking_twice_settles_once(cast):
    file = sent(b"memo", "a.txt", by=cast.sato)

    actions.look_at(file_id=file.pk)

    assert StoredFile.objects.get().settled_at == file.settled_at


def test_a_settled_file_never_changes(cast):
    file = sent(b"memo", "a.txt", by=cast.sato)

    with pytest.raises(ProgrammingError, match="does not change"), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(sha256="0" * 64)


def test_a_crash_of_whoever_looks_is_a_damaged_file_and_no_crash_here(cast, monkeypatch, tmp_path):
    # The looking process is killed at once: as a library does that breaks on a hostile file.
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nkill -SEGV $$\n")
    broken.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(broken))

    file = sent(b"memo", "a.txt", by=cast.sato)

    assert (file.state, file.reason) == (FileState.REFUSED, "file_unreadable")


def test_the_zip_of_the_tests_is_one():
    # A test of the test: the locked archive differs by its flags only.
    assert zipfile.ZipFile(io.BytesIO(sending.locked_zip())).infolist()[0].flag_bits & 1
